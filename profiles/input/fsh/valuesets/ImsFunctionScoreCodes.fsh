ValueSet: ImsFunctionScoreCodes
Id: ims-function-score-codes
Title: "Function and disability scores"
Description: "Questionnaires with a score. Another questionnaire is named in the text."
* ^experimental = false
* $Ims#ndi
* $Ims#oswestry
* $Ims#psfs
* $Ims#peg
* $Ims#spadi
* $Ims#function-score
