Profile: ImsReferral
Parent: ServiceRequest
Id: ims-referral
Title: "Referral for the treatment"
Description: "A referral that the chart says exists. It was made by somebody else and is told here; its status is unknown unless it was entered in error, so that it never looks like work to be done."
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
