Profile: ImsVisit
Parent: Encounter
Id: ims-visit
Title: "IMS visit"
Description: "A visit to a clinic for intramuscular stimulation or other dry needling, with the data on its IMS record itself: source, revision, status, author and time."
* insert Marked
* insert Identified
* insert OfPatient(subject)
* obeys ims-record-1 and ims-visit-1 and ims-visit-2 and ims-visit-3
* extension contains
    VisitPlace named place 0..1 and
    VisitEnd named end 0..1 and
    ImsNotes named notes 0..1 and
    NamedPractitioner named practitioner 0..* and
    Local named local 0..*
* class from VisitClass (required)
* participant.individual 1..1
* participant.individual only Reference(Practitioner)
* serviceProvider only Reference(Organization)

ValueSet: VisitClass
Id: ims-visit-class
Title: "Class of a visit or contact"
Description: "A visit at the clinic, or a contact without a visit."
* ^experimental = false
* http://terminology.hl7.org/CodeSystem/v3-ActCode#AMB "ambulatory"
* http://terminology.hl7.org/CodeSystem/v3-ActCode#VR "virtual"
