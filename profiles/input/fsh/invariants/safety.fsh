// Rules for flags, adverse events and findings.

// Users who see a flag must be able to see its reason.
Invariant: ims-flag-1
Description: "An active flag must reference the answer that it results from"
Severity: #error
Expression: "status = 'active' implies extension.where(url = 'http://hl7.org/fhir/StructureDefinition/flag-detail').exists()"

// Without a charted class the seriousness is unknown.
Invariant: ims-event-1
Description: "Seriousness must be serious for the class serious, non-serious for any other class, and absent without a class"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/event-class').exists() = seriousness.exists() and extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/event-class').value.coding.where(code = 'ae-serious').exists() = seriousness.coding.where(code = 'Serious').exists()"

// The adapter assembled the resources; the authors in the clinic did not write FHIR.
Invariant: ims-provenance-1
Description: "Exactly one agent must be the assembler"
Severity: #error
Expression: "agent.where(type.coding.where(code = 'assembler').exists()).count() = 1"

// A complication that was ruled out must not appear in a list that only uses the clinical status.
Invariant: ims-complication-1
Description: "A complication that was refuted or entered in error must not be active"
Severity: #error
Expression: "verificationStatus.coding.where(code = 'refuted' or code = 'entered-in-error').exists() implies clinicalStatus.coding.where(code = 'active').empty()"

// Without a reference a finding could not be followed up.
Invariant: ims-issue-1
Description: "A finding must reference the session or response that it is derived from"
Severity: #error
Expression: "implicated.exists()"
