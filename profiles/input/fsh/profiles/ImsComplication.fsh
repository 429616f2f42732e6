Profile: ImsComplication
Parent: Condition
Id: ims-complication
Title: "Complication of needling"
Description: "A serious event, or one that is always shown, as a condition: unconfirmed while it is suspected or only reported, confirmed once the chart confirms it, refuted once it is ruled out. The AdverseEvent references it as its result."
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
