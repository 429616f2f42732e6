Profile: ImsPainScore
Parent: Observation
Id: ims-pain-score
Title: "Pain score"
Description: "A pain score with what it is about, before or after needling. A score after needling points to the one it is compared with."
* insert ObservedAtVisit(survey)
* obeys ims-pain-1
* extension contains Baseline named baseline 0..1
* insert OurCoding(code, 1)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-pain-context (required)
* value[x] only Quantity or Range or CodeableConcept
* derivedFrom 1..*
* insert Components
* insert PlaceComponents
* insert CodedComponent(moment, 1, moment, moment)
