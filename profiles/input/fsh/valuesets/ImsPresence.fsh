ValueSet: ImsPresence
Id: ims-presence
Title: "Present or absent"
Description: "Whether an event happened or was ruled out."
* ^experimental = false
* $Ims#present
* $Ims#absent
