Extension: EventClass
Id: event-class
Title: "Severity class of an adverse event"
Description: "Mild, significant or serious, by the classification used for adverse events of acupuncture and needling. It is not the intensity of the complaint, which is AdverseEvent.severity."
Context: AdverseEvent
* . 0..1
* value[x] 1..1
* value[x] only CodeableConcept
* insert OurValue(, event-severity)
