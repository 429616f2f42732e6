Extension: DateText
Id: date-text
Title: "Date as text"
Description: "The chart's own words for a date, in addition to the date if it is known."
Context: QuestionnaireResponse.item
* . 0..1
* value[x] 1..1
* value[x] only string
