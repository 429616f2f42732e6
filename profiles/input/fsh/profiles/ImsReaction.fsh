Profile: ImsReaction
Parent: Observation
Id: ims-reaction
Title: "Reaction to needling"
Description: "An event during or after needling that was charted as expected, not classified, or ruled out. An event that was charted as adverse is an AdverseEvent."
* insert ObservedAtVisit(survey)
* insert OurCoding(code, 0)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-event (required)
* code.text 1..1
* value[x] 1..1
* value[x] only CodeableConcept
* insert OurValue(, presence)
* derivedFrom 1..*
* partOf only Reference(Procedure)
* insert Components
* insert CodedComponent(considered, 1, event-considered, considered)
