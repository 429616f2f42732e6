// Rules for resources that the visits of an episode share.

// A course that has ended cannot have open sessions.
Invariant: ims-plan-1
Description: "A plan that was revoked or completed must have no activity that is scheduled, not started or in progress"
Severity: #error
Expression: "(status = 'revoked' or status = 'completed') implies activity.detail.where(status = 'in-progress' or status = 'not-started' or status = 'scheduled').empty()"

// The target would otherwise show an open order that nobody placed there.
Invariant: ims-referral-1
Description: "The status of a referral must be unknown or entered-in-error"
Severity: #error
Expression: "status = 'unknown' or status = 'entered-in-error'"

// A refusal must never look like a consent.
Invariant: ims-consent-1
Description: "A consent that was refused or withdrawn completely must not be active"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/consent-refusal').where(extension.where(url = 'what').value.where(code = 'consent-refused').exists() or extension.where(url = 'scope').value.where(code = 'whole-session').exists()).exists() implies status != 'active'"
