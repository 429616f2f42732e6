Extension: LatestDate
Id: latest-date
Title: "Latest possible date"
Description: "The latest day that a date known only in words can be."
Context: QuestionnaireResponse.item
* . 0..1
* value[x] 1..1
* value[x] only date
