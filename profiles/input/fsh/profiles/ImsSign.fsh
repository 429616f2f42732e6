Profile: ImsSign
Parent: Observation
Id: ims-sign
Title: "IMS sign"
Description: "A finding of the examination: a sign at one muscle and side, at a spinal level or in an area; an involved segment; the mechanism of pain. It has an IMS code, and its value tells whether the sign is present. The SNOMED CT finding is a component, only if the sign is present."
* insert ObservedAtVisit(exam)
* obeys ims-observation-3
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] from ImsSignCodes (required)
* code.text 1..1
* value[x] only CodeableConcept or Quantity or Range
* derivedFrom 1..*
* insert Components
* insert FindingComponent
* insert PlaceComponents
* insert CodedComponent(mechanism, *, pain-mechanism-part, pain-mechanism)
* insert CodedComponent(tissue, 1, tissue, tissue)
* insert CodedComponent(structure, 1, tendon-structure, tendon-structure)
* insert AnsweredComponent(motorPoint, 1, motor-point)
* insert AnsweredComponent(state, 1, trigger-point-state)
* insert AnsweredComponent(reproduces, 1, pain-reproduced)
* insert AnsweredComponent(refersTo, *, refers-to)
* insert MeasuredComponent(count, tender-point-count)
* insert MeasuredComponent(difference, temp-difference)
* insert MeasuredComponent(temperature, skin-temperature)
* insert MeasuredComponent(otherTemperature, skin-temperature-other)
