Extension: AsWritten
Id: as-written
Title: "As written"
Description: "The chart's own words for a value, in addition to the value or instead of it. No value is derived from them."
Context: QuestionnaireResponse.item, Observation.value[x], Observation.component.value[x]
* . 0..1
* value[x] 1..1
* value[x] only string
