// Rules for the Procedure of a needling session.

// A session that took place has a time, even if it is only text.
Invariant: ims-session-1
Description: "A session that is in progress, stopped or completed must have a time, or state that it is unknown"
Severity: #error
Expression: "(status = 'in-progress' or status = 'stopped' or status = 'completed') implies performed.exists()"

// A reader would understand a site of a Procedure as needled.
Invariant: ims-session-2
Description: "A session that was not done must have no time and no body site"
Severity: #error
Expression: "status = 'not-done' implies (performed.empty() and bodySite.empty())"

// Systems that ignore extensions must see every needled site.
Invariant: ims-session-3
Description: "Every needled site of a session that took place must also be a bodySite"
Severity: #error
Expression: "(status = 'in-progress' or status = 'stopped' or status = 'completed') implies extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/needled-site').count() <= bodySite.count()"

// The status of the session is kept when its record is retracted.
Invariant: ims-session-4
Description: "A session whose record was entered in error must keep its previous status in session-status"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/session-status').exists()"

// A status reason would make a completed session look as if it was not completed.
Invariant: ims-session-5
Description: "A statusReason is allowed only for a session that was stopped, not done or entered in error"
Severity: #error
Expression: "statusReason.exists() implies (status = 'stopped' or status = 'not-done' or status = 'entered-in-error')"
