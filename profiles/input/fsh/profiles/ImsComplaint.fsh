Profile: ImsComplaint
Parent: Condition
Id: ims-complaint
Title: "Complaint treated with IMS"
Description: "One complaint of an episode of care: the reason why the patient comes. For reading and searching; the assessment response of each visit has its own copy."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-2
* insert EncounterDiagnosis
* insert OurCoding(code, 0)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-condition (required)
