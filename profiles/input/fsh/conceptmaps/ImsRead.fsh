Instance: ims-read
InstanceOf: ConceptMap
Usage: #definition
Title: "Codes that are read as IMS codes"
Description: "Codes of other systems that are recognised when a FHIR server returns them, and are never written."
* insert MapMeta
* name = "ImsRead"
* insert Licence([[SNOMED CT and LOINC content as in ims-to-snomed and ims-to-loinc.]])
* insert FromSystem(http://snomed.info/sct)
* insert ReadFrom(419161000, [[Unilateral left]], wider, left, Left)
* insert ReadFrom(419465000, [[Unilateral right]], wider, right, Right)
* insert FromSystem(http://loinc.org)
* insert ReadFrom(38208-5, [[Pain severity - Reported]], narrower, pain-current, Pain now)
* group[=].element[=].target[=].comment = "Read as the pain at the time of the observation."
* insert ReadFrom(LA33-6, Yes, equivalent, yes, Yes)
* insert ReadFrom(LA32-8, No, equivalent, no, No)
* insert ReadFrom(LA15173-0, Pregnant, equivalent, pregnant, Pregnant)
* insert ReadFrom(LA4489-6, Unknown, equivalent, unknown, Unknown)
* insert FromSystem(http://terminology.hl7.org/CodeSystem/data-absent-reason)
* insert ReadFrom(unknown, Unknown, narrower, unknown, Unknown)
* group[=].element[=].target[=].comment = "The source does not state whether the question was asked."

RuleSet: ReadFrom(source, display, relation, code, label)
* insert Source({source})
* group[=].element[=].display = "{display}"
* insert Target({relation}, {code}, [[{label}]])
