Instance: ims-to-snomed
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS codes to SNOMED CT"
Description: "What a code of ours is in SNOMED CT. A target may stand beside our coding wherever that is written, because the element already asserts what the code says. What an answer of yes to a question, or a sign that is present, amounts to is in ims-finding-to-snomed. Never in this map: techniques whose names say acupuncture (see ims-to-snomed-acupuncture)."
* insert MapMeta
* name = "ImsToSnomed"
* insert SnomedLicence
* insert ToSystem(http://snomed.info/sct)
* insert SnomedQualifiers
* insert SnomedThings
* insert SnomedProcedures
* insert SnomedFindings
* insert SnomedConditions
* insert SnomedScreeningFacts
* insert SnomedEvents
* insert SnomedRegions
* insert SnomedSegments
* insert SnomedMuscles
* insert SnomedMuscleGroups
