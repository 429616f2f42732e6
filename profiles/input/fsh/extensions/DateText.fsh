Extension: DateText
Id: date-text
Title: "Date in words"
Description: "The chart's own words for a date, beside the date if one is known."
Context: QuestionnaireResponse.item
* . 0..1
* value[x] 1..1
* value[x] only string
