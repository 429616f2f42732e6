Profile: ImsScreeningOutcome
Parent: Observation
Id: ims-screening-outcome
Title: "Outcome of the contraindication screening"
Description: "What the screening came to, all answers taken together, with the answers that must be seen as members."
* insert ObservedAtVisit(survey)
* code = $Ims#screening-outcome
* value[x] 1..1
* value[x] only CodeableConcept
* hasMember only Reference(Observation)
* derivedFrom 1..*
