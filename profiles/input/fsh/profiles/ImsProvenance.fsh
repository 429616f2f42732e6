Profile: ImsProvenance
Parent: Provenance
Id: ims-provenance
Title: "Provenance of an IMS record"
Description: "The author and time of one revision of an IMS record, with ims-fhir as the assembler of its resources. It never references an AdverseEvent, which a server with referential integrity could then not delete."
* insert Marked
* obeys ims-tag-1 and ims-provenance-1
* meta 1..1
* target only Reference(Encounter or Condition or Goal or ServiceRequest or CarePlan or QuestionnaireResponse or Observation or Flag or Consent or Procedure or DetectedIssue or DocumentReference)
