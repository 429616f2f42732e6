Instance: ims-to-loinc
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS codes to LOINC"
Description: "LOINC terms for scores, measured values, sections and documents. A target may be written with the IMS coding wherever that is written. Current pain has a term for each scale; there is none for other scales."
* insert MapMeta
* name = "ImsToLoinc"
* insert LoincLicence
* insert ToSystem(http://loinc.org)
* insert LoincScores
* insert LoincValues
* insert LoincDocuments

RuleSet: LoincLicence
* insert Licence([[This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC is a registered United States trademark of Regenstrief Institute, Inc.]])

RuleSet: LoincScores
* insert Source(pain-current)
* insert TargetBeside(faces, equivalent, 38221-8, [[Pain severity Wong-Baker FACES pain rating scale]])
* insert TargetBeside(vas, equivalent, 38214-3, [[Pain severity [Score] Visual analog score]])
* insert NoTargetBeside(other)
* insert Target(equivalent, 72514-3, [[Pain severity - 0-10 verbal numeric rating [Score] - Reported]])
* insert Source(pain-past-week)
* insert NoTargetBeside(faces)
* insert NoTargetBeside(vas)
* insert NoTargetBeside(other)
* insert Target(equivalent, 75893-8, Pain severity in the past week - 0-10 numeric rating [Reported])
* insert Map(pain-activity, equivalent, 100195-7, [[Pain severity--during activity]])
* insert Map(peg, equivalent, 91148-7, [[Pain intensity, Enjoyment of life, General activity (PEG) 3 item pain scale]])
* insert MapNoted(screen-c04, inexact, 82810-3, [[Pregnancy status]], [[The term asks for a status, our question for yes or no.]])

RuleSet: LoincValues
* insert Map(body-temperature, equivalent, 8310-5, [[Body temperature]])
* insert Map(skin-temperature, equivalent, 61008-9, [[Body surface temperature]])
* insert Map(heart-rate, equivalent, 8867-4, [[Heart rate]])
* insert Map(respiratory-rate, equivalent, 9279-1, [[Respiratory rate]])
* insert Map(oxygen-saturation, equivalent, 2708-6, [[Oxygen saturation in Arterial blood]])
* insert Map(blood-pressure, equivalent, 85354-9, [[Blood pressure panel with all children optional]])
* insert Map(systolic-blood-pressure, equivalent, 8480-6, [[Systolic blood pressure]])
* insert Map(diastolic-blood-pressure, equivalent, 8462-4, [[Diastolic blood pressure]])
* insert Map(body-weight, equivalent, 29463-7, [[Body weight]])
* insert Map(body-height, equivalent, 8302-2, [[Body height]])
* insert Map(body-mass-index, equivalent, 39156-5, Body mass index (BMI\) [Ratio])
* insert Map(platelet-count, equivalent, 26515-7, [[Platelets [#/volume] in Blood]])

RuleSet: LoincDocuments
* insert Map(medicine, wider, 10160-0, [[History of Medication use Narrative]])
* insert Map(allergy, wider, 48765-2, [[Allergies and adverse reactions Document]])
* insert Map(past-history, wider, 11348-0, [[History of Past illness Narrative]])
* insert Map(goals, equivalent, 61146-7, [[Goals Narrative]])
* insert Map(needling-consent, wider, 59284-0, [[Patient Consent]])
* insert Map(consent-form, wider, 64293-4, [[Procedure consent]])
* insert Map(reason-for-visit, equivalent, 29299-5, [[Reason for visit Narrative]])
* insert Map(chief-complaint, equivalent, 10154-3, [[Chief complaint Narrative - Reported]])
* insert Map(progress-note, equivalent, 11508-9, [[Physical therapy Progress note]])
* insert Map(initial-evaluation, equivalent, 18735-1, [[Physical therapy Initial evaluation note]])
* insert Map(clinic-note, equivalent, 28579-1, [[Physical therapy Note]])
