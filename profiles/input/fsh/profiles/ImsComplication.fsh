Profile: ImsComplication
Parent: Condition
Id: ims-complication
Title: "Complication of needling"
Description: "A serious event, or one that is always shown, as a Condition: unconfirmed while it is suspected or only reported, confirmed when the chart confirms it, refuted when it is ruled out. The AdverseEvent references it as its resulting condition."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-2 and ims-complication-1
* insert EncounterDiagnosis
* insert OurCoding(code, 0)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-event (required)
* verificationStatus 1..1
