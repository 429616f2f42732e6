ValueSet: ImsFindingClass
Id: ims-finding-class
Title: "Class of a finding"
Description: "Whether a finding of the screening is an absolute or relative contraindication, or needs a decision."
* ^experimental = false
* $Ims#class-a
* $Ims#class-r
* $Ims#class-d
