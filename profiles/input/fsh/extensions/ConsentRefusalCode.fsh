Extension: ConsentRefusalCode
Id: consent-refusal-code
Title: "Code of a refusal"
Description: "Refused or withdrawn, with the SNOMED CT concept for a refusal by that person if there is one. R4's Consent has no element for it."
Context: Consent
* . 0..1
* value[x] 1..1
* value[x] only CodeableConcept
* insert OurCoding(valueCodeableConcept, 0)
* valueCodeableConcept.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-consent-change (required)
* valueCodeableConcept.text 1..1
