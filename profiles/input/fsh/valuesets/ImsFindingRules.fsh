ValueSet: ImsFindingRules
Id: ims-finding-rule
Title: "Rules whose breach travels"
Description: "The rules of safe practice whose breach stands in the chart; the others only warn the clinic."
* ^experimental = false
* $Ims#rule-3
* $Ims#rule-4
* $Ims#rule-5
* $Ims#rule-12
* $Ims#rule-14
* $Ims#rule-16
* $Ims#rule-21
