Profile: ImsScreeningOutcome
Parent: Observation
Id: ims-screening-outcome
Title: "Outcome of the contraindication screening"
Description: "The overall result of the screening, with the relevant answers as members."
* insert ObservedAtVisit(survey)
* code = $Ims#screening-outcome
* value[x] 1..1
* value[x] only CodeableConcept
* hasMember only Reference(Observation)
* derivedFrom 1..*
