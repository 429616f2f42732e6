Profile: ImsPainScore
Parent: Observation
Id: ims-pain-score
Title: "Pain score"
Description: "A pain score with its kind, before or after needling. A score after needling references the score that it is compared with."
* insert ObservedAtVisit(survey)
* obeys ims-pain-1
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] from ImsPainScoreCodes (required)
* code.text 1..1
* value[x] only Quantity or Range or CodeableConcept
* derivedFrom 1..*
* insert Components
* insert PlaceComponents
* insert CodedComponent(moment, 1, moment, moment)
* insert CodedComponent(scale, 1, pain-scale, pain-scale)
* insert MeasuredComponent(period, pain-period)
