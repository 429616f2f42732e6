Profile: ImsSpecialTest
Parent: Observation
Id: ims-special-test
Title: "Special or functional test"
Description: "A test that is identified only by its name. The name is the text of the code; the result or the measured number is the value."
* insert ObservedAtVisit(exam)
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] = $Ims#special-test
* code.text 1..1
* value[x] only CodeableConcept or Quantity or Range
* derivedFrom 1..*
* insert Components
* insert PlaceComponents
* insert CodedComponent(moment, 1, moment, moment)
* insert AnsweredComponent(painful, 1, pain-on-test)
* insert MeasuredComponent(measured, test-value)
