Profile: ImsAssessmentResponse
Parent: QuestionnaireResponse
Id: ims-assessment-response
Title: "IMS assessment response"
Description: "What was asked, seen and felt at a visit, or learned at a contact without one, with the visit's own copy of its episode, consents and events. The source of truth for them; Observations beside it are for searches and trends."
* insert Marked
* insert IdentifiedOnce
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-1 and ims-response-1 and ims-response-2 and ims-response-3
* extension contains ImsNotes named notes 0..1
* questionnaire 1..1
* authored 1..1
* author only Reference(Practitioner)
