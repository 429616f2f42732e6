Profile: ImsCoursePlan
Parent: CarePlan
Id: ims-course-plan
Title: "Plan of a needling course"
Description: "How many sessions are planned for this patient and how often, the exercises prescribed, the next visit. Numbers stand here only where this patient's own plan has them. For readers; the visit's own copy stands in its assessment response."
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
