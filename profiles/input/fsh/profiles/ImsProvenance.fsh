Profile: ImsProvenance
Parent: Provenance
Id: ims-provenance
Title: "Provenance of an IMS record"
Description: "Who wrote one revision of an IMS record, when, and that its resources were assembled by ims-fhir. It never names an AdverseEvent: a server with referential integrity could not delete one then."
* insert Marked
* obeys ims-tag-1 and ims-provenance-1
* meta 1..1
* target only Reference(Encounter or Condition or Goal or ServiceRequest or CarePlan or QuestionnaireResponse or Observation or Flag or Consent or Procedure or DetectedIssue or DocumentReference)
