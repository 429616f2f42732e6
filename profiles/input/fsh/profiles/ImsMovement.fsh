Profile: ImsMovement
Parent: Observation
Id: ims-movement
Title: "Movement, strength, firing"
Description: "Range of motion, muscle strength or muscle firing, before or after needling. A retest references the value that it is compared with."
* insert ObservedAtVisit(exam)
* obeys ims-movement-1
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] from ImsMovementCodes (required)
* code.text 1..1
* value[x] only CodeableConcept or Quantity or Range
* derivedFrom 1..*
* insert Components
* insert FindingComponent
* insert PlaceComponents
* insert CodedComponent(moment, 1, moment, moment)
* insert CodedComponent(movement, 1, joint-movement, movement)
* insert CodedComponent(mode, 1, movement-mode, rom-mode)
* insert AnsweredComponent(limitation, 1, movement-limitation)
* insert AnsweredComponent(endPain, 1, end-pain)
* insert AnsweredComponent(deviation, 1, deviation)
* insert AnsweredComponent(painful, 1, pain-on-test)
