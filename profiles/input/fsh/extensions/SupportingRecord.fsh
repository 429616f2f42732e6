Extension: SupportingRecord
Id: supporting-record
Title: "Screening that the session is based on"
Description: "The screening response that was read before needling, of this or another record. R4's Procedure has no element for it."
Context: Procedure
* . 0..1
* value[x] 1..1
* value[x] only Reference(QuestionnaireResponse)
