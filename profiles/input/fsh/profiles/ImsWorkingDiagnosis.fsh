Profile: ImsWorkingDiagnosis
Parent: Condition
Id: ims-working-diagnosis
Title: "Working diagnosis treated with IMS"
Description: "A working diagnosis or indication that is treated in an episode of care. R4 has no element for its side, which is in the text and in a bodySite without a code. For reading and searching; the assessment response of each visit has its own copy."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-2
* insert EncounterDiagnosis
* insert OurCoding(code, 0)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-condition (required)
* bodySite 0..1
* bodySite.text 1..1
