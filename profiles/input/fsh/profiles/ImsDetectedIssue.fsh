Profile: ImsDetectedIssue
Parent: DetectedIssue
Id: ims-detected-issue
Title: "Finding on the safety of a needling session"
Description: "A rule of safe practice that the record of a visit violates: needles unaccounted for, electrical stimulation against the screening, needling within the waiting time after surgery, after a refusal or against a decision. It is derived from the record each time the record is written. It warns and never blocks anything."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(patient)
* obeys ims-record-1 and ims-issue-1
* code 1..1
* insert OurCoding(code, 1)
* code.coding[ims] from ImsFindingRules (required)
* implicated only Reference(Procedure or QuestionnaireResponse)
* detail 1..1
* reference 0..0
