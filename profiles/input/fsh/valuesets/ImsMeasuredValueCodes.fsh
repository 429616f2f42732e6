ValueSet: ImsMeasuredValueCodes
Id: ims-measured-value-codes
Title: "Measured values"
Description: "Vital signs and laboratory values. Another value is named in the text."
* ^experimental = false
* $Ims#body-temperature
* $Ims#blood-pressure
* $Ims#heart-rate
* $Ims#respiratory-rate
* $Ims#oxygen-saturation
* $Ims#body-weight
* $Ims#body-height
* $Ims#body-mass-index
* $Ims#inr
* $Ims#platelet-count
* $Ims#hba1c
* $Ims#measured-value
