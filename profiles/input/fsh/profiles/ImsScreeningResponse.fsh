Profile: ImsScreeningResponse
Parent: QuestionnaireResponse
Id: ims-screening-response
Title: "IMS contraindication screening response"
Description: "All answers of a screening for contraindications and precautions: yes, no, unknown, not asked, declined, not applicable."
* insert Marked
* insert IdentifiedOnce
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-1 and ims-response-1 and ims-response-2
* extension contains ImsNotes named notes 0..1
* questionnaire 1..1
* questionnaire = $ScreeningForm
* authored 1..1
* author only Reference(Practitioner)
