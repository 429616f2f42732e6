Profile: ImsAdverseEvent
Parent: AdverseEvent
Id: ims-adverse-event
Title: "Adverse event of needling"
Description: "An event that was charted as adverse, or is always to be shown, and was not ruled out. Told more than once it is still one: it keeps the identifier of its first telling and says what was said last. A suspicion says so in the first word of the event's text."
* insert Marked
* insert IdentifiedOnce
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-tag-1 and ims-event-1
* extension contains
    EventClass named class 0..1 and
    EventTelling named telling 1..*
* meta 1..1
* actuality = #actual
* event 1..1
* insert OurCoding(event, 0)
* event.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-event (required)
* event.text 1..1
* recordedDate 1..1
* suspectEntity.instance only Reference(Procedure)
* resultingCondition only Reference(Condition)
