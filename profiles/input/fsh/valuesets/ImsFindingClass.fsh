ValueSet: ImsFindingClass
Id: ims-finding-class
Title: "Class of a finding"
Description: "How strongly a finding of the screening speaks against needling."
* ^experimental = false
* $Ims#class-a
* $Ims#class-r
* $Ims#class-d
