Instance: ims-to-snomed
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS codes to SNOMED CT"
Description: "The SNOMED CT concepts of IMS codes. A target may be written with the IMS coding wherever that is written, because the element already asserts the meaning of the code. Findings that depend on an answer or on a sign being present are in ims-finding-to-snomed. Techniques that SNOMED CT names acupuncture are only in ims-to-snomed-acupuncture."
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
