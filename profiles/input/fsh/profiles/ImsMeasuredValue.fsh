Profile: ImsMeasuredValue
Parent: Observation
Id: ims-measured-value
Title: "Vital sign or laboratory value"
Description: "A value that was measured. Where R4's vital-signs profiles can hold it, it has their category and LOINC code and keeps to them; in another unit, without one, as a range or known by month only it has our code alone. Nothing is converted."
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
