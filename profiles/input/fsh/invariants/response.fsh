// Rules for the two responses of a visit.

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
