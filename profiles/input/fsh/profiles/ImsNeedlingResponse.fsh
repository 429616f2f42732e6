Profile: ImsNeedlingResponse
Parent: Observation
Id: ims-needling-response
Title: "Response to needling"
Description: "The response of the muscle during needling, the sensation of the patient, and the state of the muscle before and after. One per needled site and question."
* insert ObservedAtVisit(procedure)
* obeys ims-observation-3 and ims-pain-1
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] from ImsNeedlingResponseCodes (required)
* code.text 1..1
* value[x] only CodeableConcept or Quantity or Range
* partOf 1..1
* partOf only Reference(Procedure)
* bodySite 1..1
* insert Components
* component contains site 1..1
* component[site].code = $Ims#site-number
* component[site].value[x] 1..1
* component[site].value[x] only string
* insert FindingComponent
* insert PlaceComponents
* insert MeasuredComponent(twitches, twitch-count)
* insert AnsweredComponent(feltByPatient, 1, felt-by-patient)
* insert CodedComponent(sensation, *, sensation-felt, sensation-felt)
* insert AnsweredComponent(refersTo, *, refers-to)
* insert CodedComponent(scale, 1, pain-scale, pain-scale)
* insert CodedComponent(moment, 1, moment, moment)
