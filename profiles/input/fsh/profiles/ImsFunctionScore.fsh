Profile: ImsFunctionScore
Parent: Observation
Id: ims-function-score
Title: "Function or disability score"
Description: "A score of function or disability as charted: points or percent, never one made of the other. LOINC stands only beside the whole score of a questionnaire it names."
* insert ObservedAtVisit(survey)
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] from ImsFunctionScoreCodes (required)
* code.text 1..1
* value[x] only Quantity or Range or CodeableConcept
* derivedFrom 1..*
* insert Components
* insert MeasuredComponent(highest, highest-score)
* component contains part 0..1
* component[part].code = $Ims#score-part
* component[part].value[x] 1..1
* component[part].value[x] only string
