Profile: ImsContraindicationFlag
Parent: Flag
Id: ims-contraindication-flag
Title: "Contraindication to needling"
Description: "A present contraindication of the whole session, of sites or of electrical stimulation, shown wherever the chart is opened; its words say first what it bars. One for each patient and question; it ends by itself where the last day is known, and is inactive once the question is answered otherwise."
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
