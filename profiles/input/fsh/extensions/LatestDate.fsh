Extension: LatestDate
Id: latest-date
Title: "Latest possible date"
Description: "The latest possible day of a date that is known only as text."
Context: QuestionnaireResponse.item
* . 0..1
* value[x] 1..1
* value[x] only date
