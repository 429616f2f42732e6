Extension: AsWritten
Id: as-written
Title: "As written"
Description: "The chart's own words for the value of an item, beside the value or in its place. Nothing was filled in from them."
Context: QuestionnaireResponse.item
* . 0..1
* value[x] 1..1
* value[x] only string
