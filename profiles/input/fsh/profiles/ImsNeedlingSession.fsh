Profile: ImsNeedlingSession
Parent: Procedure
Id: ims-needling-session
Title: "Needling session"
Description: "One session of intramuscular stimulation or other dry needling: planned, done, stopped or not done. Each needled muscle and side is a needled-site extension and a bodySite with the side in its text; needling both sides gives two sites. The technique has an IMS code; a SNOMED CT code is not required."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-1 and ims-session-1 and ims-session-2 and ims-session-3 and ims-session-4 and ims-session-5
* extension contains
    NeedledSite named site 0..* and
    SiteNotNeedled named siteNotNeedled 0..* and
    SessionScreening named screening 0..1 and
    SessionStop named stop 0..1 and
    SubstanceInjected named substance 0..1 and
    SessionStart named start 0..1 and
    SessionEnd named end 0..1 and
    SessionStatus named status 0..1 and
    SupportingRecord named supporting 0..1 and
    ImsNotes named notes 0..1
* code 1..1
* insert OurCoding(code, 0)
* code.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-technique (required)
* code.text 1..1
* performed[x] only dateTime or Period
* performer.extension contains PractitionerCredential named credential 0..*
* performer.actor only Reference(Practitioner)
* bodySite.text 1..1
