Profile: ImsAdverseEvent
Parent: AdverseEvent
Id: ims-adverse-event
Title: "Adverse event of needling"
Description: "An event that was charted as adverse, or that must always be shown, and was not ruled out. All reports of the event are one resource, with the identifier of the first report and the content of the latest. The text of a suspected event starts with the word Suspected."
* insert Marked
* insert IdentifiedOnce
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-tag-1 and ims-event-1
* extension contains
    EventClass named class 0..1 and
    EventReport named report 1..*
* meta 1..1
* actuality = #actual
* event 1..1
* insert OurCoding(event, 0)
* event.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-event (required)
* event.text 1..1
* recordedDate 1..1
* suspectEntity.instance only Reference(Procedure)
* resultingCondition only Reference(Condition)
