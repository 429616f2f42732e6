ValueSet: ImsFindingScope
Id: ims-finding-scope
Title: "Scope of a finding"
Description: "What a finding of the screening is a contraindication to: the whole session, a site or electrical stimulation."
* ^experimental = false
* $Ims#scope-sys
* $Ims#scope-loc
* $Ims#scope-est
