// Rules for the responses of a visit or contact.

// A record is a draft, signed, amended or taken back; nothing else happens to a response.
Invariant: ims-response-1
Description: "A response is in progress, completed, amended or entered in error"
Severity: #error
Expression: "status = 'in-progress' or status = 'completed' or status = 'amended' or status = 'entered-in-error'"

// What nobody signed may not pass for a finished form.
Invariant: ims-response-2
Description: "The response of a draft is in progress or entered in error"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'draft').exists() implies (status = 'in-progress' or status = 'entered-in-error')"

// A contact without a visit has a form of its own, with the same members.
Invariant: ims-response-3
Description: "The response answers the assessment form of a visit, or that of a contact"
Severity: #error
Expression: "questionnaire = 'https://ims-fhir.org/fhir/Questionnaire/ims-assessment|1.0.0' or questionnaire = 'https://ims-fhir.org/fhir/Questionnaire/ims-contact|1.0.0'"
