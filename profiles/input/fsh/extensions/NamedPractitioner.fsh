Extension: NamedPractitioner
Id: named-practitioner
Title: "Practitioner named in the record"
Description: "A practitioner who is named in the record and did not take part in the visit, such as the author of an earlier decision or of a correction."
Context: Encounter
* . 0..*
* value[x] 1..1
* value[x] only Reference(Practitioner)
