Profile: ImsSign
Parent: Observation
Id: ims-sign
Title: "IMS sign"
Description: "A finding of the assessment: a sign at one muscle and side, a segment, the judged mechanism of pain. The code is ours; a finding of SNOMED CT stands only beside a value that says it is present."
* insert ObservedAtVisit(exam)
* insert OurCoding(code, 1)
* code.coding[ims] from ImsSignCodes (required)
* code.text 1..1
* value[x] only CodeableConcept
* derivedFrom 1..*
* insert Components
* insert PlaceComponents
* insert CodedComponent(mechanism, *, pain-mechanism-part, pain-mechanism)
