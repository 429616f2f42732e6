Extension: Complaint
Id: complaint
Title: "Complaint"
Description: "The complaint that a finding is about, if it is charted."
Context: Observation
* . 0..*
* value[x] 1..1
* value[x] only Reference(Condition)
