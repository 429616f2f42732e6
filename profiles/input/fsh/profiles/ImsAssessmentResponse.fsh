Profile: ImsAssessmentResponse
Parent: QuestionnaireResponse
Id: ims-assessment-response
Title: "IMS assessment response"
Description: "The assessment of a visit, or of a contact without a visit, with the episode, consents and events as its record states them. This response is the complete source; the Observations derived from it are for searches and trends."
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
