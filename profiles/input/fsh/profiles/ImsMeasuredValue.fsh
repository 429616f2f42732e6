Profile: ImsMeasuredValue
Parent: Observation
Id: ims-measured-value
Title: "Vital sign or laboratory value"
Description: "A measured value. If it conforms to R4's vital signs profiles, it has their category and LOINC code; with another unit or none, as a range, or with only a month as its time, it has the IMS code only. Nothing is converted."
* insert Observed
* obeys ims-measure-1 and ims-measure-2 and ims-measure-3 and ims-measure-4
* insert Compared
* insert OurCoding(code, 1)
* code.coding[ims] from ImsMeasuredValueCodes (required)
* code.text 1..1
* value[x] only Quantity or Range or CodeableConcept
* derivedFrom 1..*
* component ^slicing.discriminator.type = #value
* component ^slicing.discriminator.path = "code.coding.code"
* component ^slicing.rules = #open
