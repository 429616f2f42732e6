Profile: ImsFunctionScore
Parent: Observation
Id: ims-function-score
Title: "Function or disability score"
Description: "A score of function or disability as charted, in points or percent; neither is converted to the other. Only the total score of a questionnaire that LOINC defines has a LOINC code."
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
