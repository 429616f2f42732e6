Profile: ImsReferral
Parent: ServiceRequest
Id: ims-referral
Title: "Referral for the treatment"
Description: "A referral that is mentioned in the chart and was made by somebody else. Its status is unknown unless it was entered in error, so that it never looks like an open order."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* obeys ims-record-1 and ims-referral-1
* intent = #order
* code 1..1
* code.text 1..1
* requester.display 1..1
* reasonReference only Reference(Condition)
