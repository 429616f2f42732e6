Profile: ImsRedFlag
Parent: Observation
Id: ims-red-flag
Title: "Red flag"
Description: "A red flag and its answer. The code is the question with the name of the red flag; the value is yes or no, any other answer is a dataAbsentReason. The SNOMED CT finding is present only with the answer yes."
* insert ObservedAtVisit(survey)
* obeys ims-screening-1 and ims-screening-2
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "code"
* code.coding ^slicing.rules = #open
* code.coding contains question 1..1
* code.coding[question].system 1..1
* code.coding[question].system = $Ims
* code.coding[question].code 1..1
* code.coding[question].code = #red-flag
* code.text 1..1
* value[x] only CodeableConcept
* derivedFrom 1..*
* insert Components
* insert FindingComponent
* insert PlaceComponents
* component contains onset 0..1
* component[onset].code = $Ims#onset
* component[onset].value[x] only dateTime or string
