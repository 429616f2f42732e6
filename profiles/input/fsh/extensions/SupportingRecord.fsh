Extension: SupportingRecord
Id: supporting-record
Title: "Screening that the session rests on"
Description: "The screening response that was read before needling, of this record or of another one. R4's Procedure has no element for it."
Context: Procedure
* . 0..1
* value[x] 1..1
* value[x] only Reference(QuestionnaireResponse)
