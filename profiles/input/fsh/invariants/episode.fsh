// Rules for what the visits of an episode share.

// A course that has ended cannot have sessions that go on.
Invariant: ims-plan-1
Description: "A plan that was stopped or completed has no activity under way or to come"
Severity: #error
Expression: "(status = 'revoked' or status = 'completed') implies activity.detail.where(status = 'in-progress' or status = 'not-started' or status = 'scheduled').empty()"

// An open order in the target's list of work would be one that nobody has given.
Invariant: ims-referral-1
Description: "The status of a referral is unknown, or it was entered in error"
Severity: #error
Expression: "status = 'unknown' or status = 'entered-in-error'"

// A "no" that looks like a consent is the worst that this resource could say.
Invariant: ims-consent-1
Description: "A consent that was refused or taken back as a whole is not active"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/consent-refusal').where(extension.where(url = 'what').value.where(code = 'consent-refused').exists() or extension.where(url = 'scope').value.where(code = 'whole-session').exists()).exists() implies status != 'active'"
