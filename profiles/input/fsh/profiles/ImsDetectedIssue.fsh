Profile: ImsDetectedIssue
Parent: DetectedIssue
Id: ims-detected-issue
Title: "Finding on how a needling session was done"
Description: "A rule of safe practice that the record of a visit does not keep: needles not accounted for, current against the screening, needled within the waiting time of an operation, after a refusal or against a decision. Worked out from the record each time it is written; it tells and never bars."
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
