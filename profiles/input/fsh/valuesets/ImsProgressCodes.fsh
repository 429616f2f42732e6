ValueSet: ImsProgressCodes
Id: ims-progress-codes
Title: "Progress and decision"
Description: "What is told or decided about the course of a treatment."
* ^experimental = false
* $Ims#ims-suitability
* $Ims#interval-change
* $Ims#home-programme
