Profile: ImsCoursePlan
Parent: CarePlan
Id: ims-course-plan
Title: "Plan of a needling course"
Description: "The number and frequency of the planned sessions, the prescribed exercises and the next visit. Numbers are present only if they are charted for this patient. For reading; the assessment response of each visit has its own copy."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-1 and ims-plan-1
* intent = #plan
* category 1..*
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains course 1..1
* category[course] = $Ims#course-plan
* addresses only Reference(Condition)
* goal only Reference(Goal)
* activity 1..*
* activity.reference 0..0
* activity.detail 1..1
* activity.detail.code 1..1
* activity.detail.code.text 1..1
* activity.detail.scheduled[x] only Timing
