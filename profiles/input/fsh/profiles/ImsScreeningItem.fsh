Profile: ImsScreeningItem
Parent: Observation
Id: ims-screening-item
Title: "Answer to a screening question"
Description: "A question of the contraindication screening that was answered with yes or could not be answered. The code is the question, never the disorder, so that a list of codes without values cannot turn a no into a diagnosis."
* insert ObservedAtVisit(survey)
* obeys ims-screening-1 and ims-screening-2
* insert OurCoding(code, 1)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-screening-question (required)
* value[x] only CodeableConcept
* derivedFrom 1..*
* insert Components
* component contains
    finding 0..* and
    earliestDate 0..*
* component[finding].code = $Ims#finding
* component[finding].value[x] 1..1
* component[finding].value[x] only CodeableConcept
* component[earliestDate].code = $Ims#earliest-date
* component[earliestDate].value[x] 1..1
* component[earliestDate].value[x] only dateTime
* insert CodedComponent(class, *, finding-class, finding-class)
* insert CodedComponent(scope, *, finding-scope, finding-scope)
* insert CodedComponent(decision, 1, decision, decision)
