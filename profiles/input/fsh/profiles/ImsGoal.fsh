Profile: ImsGoal
Parent: Goal
Id: ims-goal
Title: "Goal of an IMS course"
Description: "A goal of a course of needling, as agreed in one episode of care. For reading and searching; the assessment response of each visit has its own copy."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* obeys ims-record-3
* insert OurCoding(description, 0)
* description.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-goal (required)
* description.text 1..1
* target 0..1
* target.due[x] only date
* addresses only Reference(Condition)
