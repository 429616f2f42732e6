Extension: SessionStatus
Id: session-status
Title: "Status of the session before its record was retracted"
Description: "The status that the Procedure had before its record was entered in error."
Context: Procedure
* . 0..1
* value[x] 1..1
* value[x] only code
* value[x] from http://hl7.org/fhir/ValueSet/event-status (required)
