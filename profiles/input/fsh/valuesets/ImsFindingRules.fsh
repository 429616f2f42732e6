ValueSet: ImsFindingRules
Id: ims-finding-rule
Title: "Rules with a finding in the chart"
Description: "The rules of safe practice whose violation is written to the chart. The other rules only warn the clinic."
* ^experimental = false
* $Ims#rule-3
* $Ims#rule-4
* $Ims#rule-5
* $Ims#rule-12
* $Ims#rule-14
* $Ims#rule-16
* $Ims#rule-21
