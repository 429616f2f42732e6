Profile: ImsRedFlag
Parent: Observation
Id: ims-red-flag
Title: "Red flag"
Description: "A warning sign as it was asked for. The code is the question and names the flag; the value is yes or no, anything else a reason why there is no answer. What SNOMED CT calls the flag stands beside a yes only."
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
