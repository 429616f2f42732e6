Profile: ImsProgress
Parent: Observation
Id: ims-progress
Title: "Progress and decision"
Description: "The change since the last visit or the start, whether the home programme was done, and whether and where IMS is suitable now."
* insert ObservedAtVisit(survey)
* obeys ims-observation-3
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] from ImsProgressCodes (required)
* code.text 1..1
* value[x] only CodeableConcept
* derivedFrom 1..*
* insert Components
* insert FindingComponent
* insert CodedComponent(since, 1, change-since, since)
* insert CodedComponent(decidedBy, 1, decided-by, suitability-decided-by)
* insert AnsweredComponent(site, *, suitability-site)
* insert MeasuredComponent(percent, change-percent)
* insert MeasuredComponent(relief, relief-lasted)
* component contains until 0..1
* component[until].code = $Ims#deferred-until
* component[until].value[x] 1..1
* component[until].value[x] only dateTime or string
