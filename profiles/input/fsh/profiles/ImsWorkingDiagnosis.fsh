Profile: ImsWorkingDiagnosis
Parent: Condition
Id: ims-working-diagnosis
Title: "Working diagnosis treated with IMS"
Description: "What the clinician treats: a working diagnosis or indication of an episode of care. R4 has no element for its side, which stands in the words and as a body site without a code. For readers and searches; the visit's own copy stands in its assessment response."
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
