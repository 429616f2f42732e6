ValueSet: ImsProgressCodes
Id: ims-progress-codes
Title: "Progress and decision"
Description: "Progress and decisions in a course of treatment."
* ^experimental = false
* $Ims#ims-suitability
* $Ims#interval-change
* $Ims#home-programme
