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
* category 1..*
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains diagnosis 1..1
* category[diagnosis] = http://terminology.hl7.org/CodeSystem/condition-category#encounter-diagnosis
* code 1..1
* insert OurCoding(code, 0)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-condition (required)
* code.text 1..1
