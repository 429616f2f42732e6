// Rules for the Procedure of a needling session.

// A session that took place took place some time, be it only in words.
Invariant: ims-session-1
Description: "A session under way, stopped or completed says when, or that it is not known when"
Severity: #error
Expression: "(status = 'in-progress' or status = 'stopped' or status = 'completed') implies performed.exists()"

// A site in a list of procedures reads as needled.
Invariant: ims-session-2
Description: "A session not done was performed at no time and at no site"
Severity: #error
Expression: "status = 'not-done' implies (performed.empty() and bodySite.empty())"

// Systems that read only core elements must see every needled site.
Invariant: ims-session-3
Description: "Every needled site of a session that took place is a body site as well"
Severity: #error
Expression: "(status = 'in-progress' or status = 'stopped' or status = 'completed') implies extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/needled-site').count() <= bodySite.count()"

// What the session was is not lost when it is taken back.
Invariant: ims-session-4
Description: "A session whose record was entered in error keeps the status it had"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/session-status').exists()"

// A reason beside a completed session would say that it was not.
Invariant: ims-session-5
Description: "Only a session that was stopped, not done or entered in error has a reason for its status"
Severity: #error
Expression: "statusReason.exists() implies (status = 'stopped' or status = 'not-done' or status = 'entered-in-error')"
