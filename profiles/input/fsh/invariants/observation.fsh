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

// The numeric rating scale and its like go from 0 to 10.
Invariant: ims-pain-1
Description: "A pain score lies between 0 and 10"
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 10) and value.ofType(Range).low.value.all($this >= 0) and value.ofType(Range).high.value.all($this <= 10)"

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
