Extension: NamedPractitioner
Id: named-practitioner
Title: "Practitioner named in the record"
Description: "Somebody whom the record names and who did not take part in the visit: who decided something earlier, who corrected the record."
Context: Encounter
* . 0..*
* value[x] 1..1
* value[x] only Reference(Practitioner)
