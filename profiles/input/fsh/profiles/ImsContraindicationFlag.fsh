Profile: ImsContraindicationFlag
Parent: Flag
Id: ims-contraindication-flag
Title: "Contraindication to needling"
Description: "A present contraindication to the whole session, to sites or to electrical stimulation, to be shown whenever the chart is opened. Its text starts with what is contraindicated. There is one per patient and question. It has an end when the last day is known, and becomes inactive when the question is answered differently."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-1 and ims-flag-1
* extension contains $FlagDetail named detail 0..1
* category 1..*
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains safety 1..1
* category[safety] = http://terminology.hl7.org/CodeSystem/flag-category#safety
* insert OurCoding(code, 1)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-screening-question (required)
* code.text 1..1
