// Rules for the Observations of a visit.

// Silence and "not there" are two things; a chart that says neither writes no Observation.
Invariant: ims-observation-1
Description: "There is a value, or the reason why there is none"
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists()"

// What nobody signed may not be trended or alarmed on as final.
Invariant: ims-observation-2
Description: "An Observation of a draft is preliminary or entered in error"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'draft').exists() implies (status = 'preliminary' or status = 'entered-in-error')"

// A sign that is absent, or not tested, is no finding, whatever its code is called.
Invariant: ims-observation-3
Description: "What a value amounts to stands only beside a value that says so"
Severity: #error
Expression: "component.where(code.coding.where(code = 'finding').exists()).exists() implies (value.exists() and value.ofType(CodeableConcept).coding.where(code = '373067005' or code = 'absent' or code = 'normal' or code = 'same').empty())"

Invariant: ims-observation-4
Description: "Each component has a value, or the reason why there is none"
Severity: #error
Expression: "component.all(value.exists() or dataAbsentReason.exists())"

// SNOMED CT has the limitation, not the range.
Invariant: ims-movement-1
Description: "A limited movement is said to be one only beside a limitation that was found"
Severity: #error
Expression: "component.where(code.coding.where(code = 'finding').exists()).exists() implies (component.where(code.coding.where(code = 'movement-limitation').exists()).value.exists() and component.where(code.coding.where(code = 'movement-limitation').exists()).value.coding.where(code = 'absent').empty())"

// R4 asks its vital-signs profiles of these; what they cannot hold may not look like one of theirs.
Invariant: ims-measure-1
Description: "A vital sign has its LOINC code and is known at least to the day"
Severity: #error
Expression: "category.coding.where(code = 'vital-signs').exists() implies (code.coding.where(system = 'http://loinc.org').exists() and effective.exists() and effective.toString().length() >= 10)"

Invariant: ims-measure-2
Description: "The number of a vital sign has a UCUM unit"
Severity: #error
Expression: "category.coding.where(code = 'vital-signs').exists() implies (value.ofType(Quantity).all(system = 'http://unitsofmeasure.org' and code.exists()) and component.value.ofType(Quantity).all(system = 'http://unitsofmeasure.org' and code.exists()))"

Invariant: ims-measure-3
Description: "The LOINC code of a vital sign stands only in the category of vital signs"
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code != '26515-7').exists() implies category.coding.where(code = 'vital-signs').exists()"

Invariant: ims-measure-4
Description: "There is a value, the reason why there is none, or the parts of a blood pressure"
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists() or component.where(code.coding.where(code = 'systolic-blood-pressure').exists()).exists()"

// The numeric rating scale and its like go from 0 to 10; another scale has its own ends.
Invariant: ims-pain-1
Description: "A pain score lies between 0 and 10, unless its scale is another one"
Severity: #error
Expression: "component.where(code.coding.where(code = 'pain-scale').exists()).value.ofType(CodeableConcept).coding.where(code = 'other').exists() or (value.ofType(Quantity).value.all($this >= 0 and $this <= 10) and value.ofType(Range).low.value.all($this >= 0) and value.ofType(Range).high.value.all($this <= 10))"

// Everything else than yes and no is a reason why there is no answer.
Invariant: ims-screening-1
Description: "A coded answer is yes or no"
Severity: #error
Expression: "value.ofType(CodeableConcept).coding.where(system = 'http://snomed.info/sct').all(code = '373066001' or code = '373067005')"

// A disorder beside a "no" or an open question would read as a diagnosis.
Invariant: ims-screening-2
Description: "What the answer amounts to stands only beside a yes"
Severity: #error
Expression: "component.where(code.coding.where(code = 'finding').exists()).exists() implies value.ofType(CodeableConcept).coding.where(code = '373066001').exists()"
