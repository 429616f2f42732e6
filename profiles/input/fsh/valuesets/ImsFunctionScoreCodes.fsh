ValueSet: ImsFunctionScoreCodes
Id: ims-function-score-codes
Title: "Function and disability scores"
Description: "Questionnaires that give a score; another one is named in words."
* ^experimental = false
* $Ims#ndi
* $Ims#oswestry
* $Ims#psfs
* $Ims#peg
* $Ims#spadi
* $Ims#function-score
