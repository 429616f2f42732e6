ValueSet: ImsPainScoreCodes
Id: ims-pain-score-codes
Title: "Pain scores"
Description: "Kinds of pain scores. Another kind is named in the text."
* ^experimental = false
* $Ims#pain-current
* $Ims#pain-rest
* $Ims#pain-activity
* $Ims#pain-night
* $Ims#pain-worst
* $Ims#pain-best
* $Ims#pain-average
* $Ims#pain-past-week
* $Ims#pain-score
