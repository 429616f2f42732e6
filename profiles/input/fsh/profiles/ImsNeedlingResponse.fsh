Profile: ImsNeedlingResponse
Parent: Observation
Id: ims-needling-response
Title: "Response to needling"
Description: "What the muscle did while it was needled: local twitch response, grasp of the needle. One for each needled site."
* insert ObservedAtVisit(procedure)
* insert OurCoding(code, 1)
* code.coding[ims] from ImsNeedlingResponseCodes (required)
* value[x] only CodeableConcept
* partOf 1..1
* partOf only Reference(Procedure)
* bodySite 1..1
* insert Components
* component contains
    site 1..1 and
    twitches 0..1
* component[site].code = $Ims#site-number
* component[site].value[x] 1..1
* component[site].value[x] only string
* component[twitches].code = $Ims#twitch-count
* component[twitches].value[x] 1..1
* component[twitches].value[x] only Quantity or Range
* insert PlaceComponents
