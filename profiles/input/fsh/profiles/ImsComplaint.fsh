Profile: ImsComplaint
Parent: Condition
Id: ims-complaint
Title: "Complaint treated with IMS"
Description: "Why the patient comes: one complaint of an episode of care. For readers and searches; the visit's own copy stands in its assessment response."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-2
* insert EncounterDiagnosis
* insert OurCoding(code, 0)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-condition (required)
