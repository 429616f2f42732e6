CodeSystem: ImsCodes
Id: ims
Title: "IMS codes"
Description: "Every code that a record of intramuscular stimulation (IMS) or other dry needling may contain, and the questions that its answers belong to. Concept maps list the corresponding codes of SNOMED CT, LOINC, ICD-10-CM and HL7, where they exist."
* ^url = "https://ims-fhir.org/fhir/CodeSystem/ims"
* ^experimental = false
* ^caseSensitive = true
* ^copyright = "Copyright 2026 the ims-fhir project. Licensed under the Apache License, Version 2.0."
* insert AnswerCodes
* insert VisitCodes
* insert HistoryCodes
* insert ConditionCodes
* insert ExaminationCodes
* insert ScreeningQuestionCodes
* insert ScreeningDetailCodes
* insert RuleCodes
* insert ConsentCodes
* insert SessionCodes
* insert EventCodes
* insert AfterwardsCodes
* insert RegionCodes
* insert SegmentCodes
* insert HeadAndTrunkMuscleCodes
* insert LimbMuscleCodes
* insert ElementCodes
