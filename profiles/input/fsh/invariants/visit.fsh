// Rules for the Encounter of a visit.

// A visit that took place is finished, whether the patient was needled or not. Future visits are not written.
Invariant: ims-visit-1
Description: "A visit must be finished or entered-in-error"
Severity: #error
Expression: "status = 'finished' or status = 'entered-in-error'"

// The members of the record itself are read back from the Encounter only.
Invariant: ims-visit-2
Description: "The extension ims-record of a visit must have an origin"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'origin').exists()"

// R4 requires the same precision for both ends of a period.
Invariant: ims-visit-3
Description: "The end must be either in the period or in visit-end, not in both"
Severity: #error
Expression: "period.end.exists() implies extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/visit-end').empty()"
