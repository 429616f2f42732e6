// Rules for the Observations of a visit.

// A finding that is absent is not the same as one that is not charted; without either there is no Observation.
Invariant: ims-observation-1
Description: "A value or dataAbsentReason is required"
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists()"

// An unsigned record must not be used as final in trends or alarms.
Invariant: ims-observation-2
Description: "An Observation of a draft must be preliminary or entered-in-error"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'draft').exists() implies (status = 'preliminary' or status = 'entered-in-error')"

// A sign that is absent or was not tested is not a finding, whatever its code is.
Invariant: ims-observation-3
Description: "A finding component is allowed only with a value that confirms the finding"
Severity: #error
Expression: "component.where(code.coding.where(code = 'finding').exists()).exists() implies (value.exists() and value.ofType(CodeableConcept).coding.where(code = '373067005' or code = 'absent' or code = 'normal' or code = 'same').empty())"

Invariant: ims-observation-4
Description: "Each component must have a value or dataAbsentReason"
Severity: #error
Expression: "component.all(value.exists() or dataAbsentReason.exists())"

// SNOMED CT has a concept for the limitation, not for the range.
Invariant: ims-movement-1
Description: "A finding of limited movement is allowed only with a limitation that is present"
Severity: #error
Expression: "component.where(code.coding.where(code = 'finding').exists()).exists() implies (component.where(code.coding.where(code = 'movement-limitation').exists()).value.exists() and component.where(code.coding.where(code = 'movement-limitation').exists()).value.coding.where(code = 'absent').empty())"

// R4 requires its vital signs profiles of these codes; values that do not conform must not use them.
Invariant: ims-measure-1
Description: "A vital sign must have its LOINC code and a time that is known at least to the day"
Severity: #error
Expression: "category.coding.where(code = 'vital-signs').exists() implies (code.coding.where(system = 'http://loinc.org').exists() and effective.exists() and effective.toString().length() >= 10)"

Invariant: ims-measure-2
Description: "A quantity of a vital sign must have a UCUM unit"
Severity: #error
Expression: "category.coding.where(code = 'vital-signs').exists() implies (value.ofType(Quantity).all(system = 'http://unitsofmeasure.org' and code.exists()) and component.value.ofType(Quantity).all(system = 'http://unitsofmeasure.org' and code.exists()))"

Invariant: ims-measure-3
Description: "The LOINC code of a vital sign is allowed only in the category vital-signs"
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code != '26515-7').exists() implies category.coding.where(code = 'vital-signs').exists()"

Invariant: ims-measure-4
Description: "A value, dataAbsentReason or the components of a blood pressure are required"
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists() or component.where(code.coding.where(code = 'systolic-blood-pressure').exists()).exists()"

// Numeric rating scales go from 0 to 10; another scale may have other limits.
Invariant: ims-pain-1
Description: "A pain score must be from 0 to 10, unless it uses another scale"
Severity: #error
Expression: "component.where(code.coding.where(code = 'pain-scale').exists()).value.ofType(CodeableConcept).coding.where(code = 'other').exists() or (value.ofType(Quantity).value.all($this >= 0 and $this <= 10) and value.ofType(Range).low.value.all($this >= 0) and value.ofType(Range).high.value.all($this <= 10))"

// Any other answer is a dataAbsentReason.
Invariant: ims-screening-1
Description: "A coded answer must be yes or no"
Severity: #error
Expression: "value.ofType(CodeableConcept).coding.where(system = 'http://snomed.info/sct').all(code = '373066001' or code = '373067005')"

// A disorder with the answer "no", or without an answer, would read as a diagnosis.
Invariant: ims-screening-2
Description: "A finding component is allowed only with the answer yes"
Severity: #error
Expression: "component.where(code.coding.where(code = 'finding').exists()).exists() implies value.ofType(CodeableConcept).coding.where(code = '373066001').exists()"
