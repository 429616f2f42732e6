ValueSet: ImsPainScoreCodes
Id: ims-pain-score-codes
Title: "Pain scores"
Description: "What a pain score may be about; one of another kind is named in words."
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
