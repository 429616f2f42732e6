// Rules for what warns: flags and adverse events.

// Who sees the flag must be able to see why it stands.
Invariant: ims-flag-1
Description: "An active flag points to the answer it comes from"
Severity: #error
Expression: "status = 'active' implies extension.where(url = 'http://hl7.org/fhir/StructureDefinition/flag-detail').exists()"

// Without a charted class nothing is said of how serious it was.
Invariant: ims-event-1
Description: "Serious stands for the class serious, non-serious for the other classes, neither without a class"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/event-class').exists() = seriousness.exists() and extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/event-class').value.coding.where(code = 'ae-serious').exists() = seriousness.coding.where(code = 'Serious').exists()"

// Somebody put the resources together; the clinic's people did not write FHIR.
Invariant: ims-provenance-1
Description: "One agent assembled what the others wrote"
Severity: #error
Expression: "agent.where(type.coding.where(code = 'assembler').exists()).count() = 1"

// Ruled out, it never was: a list that reads clinical status alone must not show it.
Invariant: ims-complication-1
Description: "A complication that was refuted or entered in error is not active"
Severity: #error
Expression: "verificationStatus.coding.where(code = 'refuted' or code = 'entered-in-error').exists() implies clinicalStatus.coding.where(code = 'active').empty()"

// A finding about nothing could not be looked into.
Invariant: ims-issue-1
Description: "A finding points to the session or the response it was worked out from"
Severity: #error
Expression: "implicated.exists()"
