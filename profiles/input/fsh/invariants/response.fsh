// Rules for the responses of a visit or contact.

// A record is a draft, signed, amended or entered in error; a response has no other states.
Invariant: ims-response-1
Description: "A response must be in-progress, completed, amended or entered-in-error"
Severity: #error
Expression: "status = 'in-progress' or status = 'completed' or status = 'amended' or status = 'entered-in-error'"

// An unsigned record must not look like a completed form.
Invariant: ims-response-2
Description: "The response of a draft must be in-progress or entered-in-error"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'draft').exists() implies (status = 'in-progress' or status = 'entered-in-error')"

// A contact without a visit has its own Questionnaire with the same items.
Invariant: ims-response-3
Description: "The questionnaire must be the assessment of a visit or that of a contact"
Severity: #error
Expression: "questionnaire = 'https://ims-fhir.org/fhir/Questionnaire/ims-assessment|1.0.0' or questionnaire = 'https://ims-fhir.org/fhir/Questionnaire/ims-contact|1.0.0'"
