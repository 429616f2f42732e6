// Rules for the Encounter of a visit.

// Turned away or needled, a visit that took place is finished; nothing is written ahead of it.
Invariant: ims-visit-1
Description: "A visit is finished, or was entered in error"
Severity: #error
Expression: "status = 'finished' or status = 'entered-in-error'"

// The Encounter alone brings the envelope of the record back.
Invariant: ims-visit-2
Description: "The mark of a visit says how the record came to be"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'origin').exists()"

// R4 wants both ends of a period in the same precision.
Invariant: ims-visit-3
Description: "The end stands in the period where the start is a moment, else in its own extension"
Severity: #error
Expression: "period.end.exists() implies extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/visit-end').empty()"
