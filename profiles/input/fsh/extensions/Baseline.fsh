Extension: Baseline
Id: baseline
Title: "Earlier value"
Description: "The earlier Observation that a retest is compared with."
Context: Observation
* . 0..1
* value[x] 1..1
* value[x] only Reference(Observation)
