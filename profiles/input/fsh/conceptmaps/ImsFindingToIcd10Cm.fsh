Instance: ims-finding-to-icd10cm
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS findings to ICD-10-CM"
Description: "ICD-10-CM codes for facts that are present. A classification for billing and statistics. It is sent only if the configuration of a target requires it, and only with a present value. Narrower targets are never sent."
* insert MapMeta
* name = "ImsFindingToIcd10Cm"
* insert Licence([[ICD-10-CM is maintained by the National Center for Health Statistics (NCHS) of the United States and is in the public domain there. ICD-10 is copyright World Health Organization.]])
* insert ToSystem(http://hl7.org/fhir/sid/icd-10-cm)
* insert Icd10CmConditions
* insert Icd10CmScreening

RuleSet: Icd10CmConditions
* insert Map(lumbar-radiculopathy, equivalent, M54.16, [[Radiculopathy, lumbar region]])
* insert MapNoted(spondylosis, narrower, M47.816, [[Spondylosis without myelopathy or radiculopathy, lumbar region]], [[The target says lumbar, without myelopathy or radiculopathy.]])
* insert MapNoted(myofascial-pain, inexact, M79.18, [[Myalgia, other site]], [[The target names pain of muscle at a site that is not listed.]])
* insert MapNoted(muscle-spasm, inexact, M62.838, [[Other muscle spasm]], [[The target leaves out the spasms that have a code of their own.]])
* insert MapNoted(osteoporosis, narrower, M81.0, [[Age-related osteoporosis without current pathological fracture]], [[The target says age-related and without fracture.]])
* insert MapNoted(pregnant, inexact, Z33.1, [[Pregnant state, incidental]], [[The target says that the pregnancy is incidental to the encounter.]])
* insert Map(coagulation-disorder, equivalent, D68.9, [[Coagulation defect, unspecified]])
* insert MapNoted(haemophilia, narrower, D66, [[Hereditary factor VIII deficiency]], [[The target names one of the factors.]])
* insert Map(thrombocytopenia, equivalent, D69.6, [[Thrombocytopenia, unspecified]])
* insert Map(immunocompromised, equivalent, D84.9, [[Immunodeficiency, unspecified]])
* insert MapNoted(immunosuppressed, narrower, D84.821, [[Immunodeficiency due to drugs]], [[The target says due to drugs.]])
* insert MapNoted(hiv, narrower, B20, [[Human immunodeficiency virus [HIV] disease]], [[The target says disease; an infection may be without symptoms.]])
* insert Source(pneumothorax)
* insert Target(equivalent, J95.811, [[Postprocedural pneumothorax]])
* insert Target(wider, J93.9, [[Pneumothorax, unspecified]])

RuleSet: Icd10CmScreening
* insert MapNoted(cancer-active, inexact, C80.1, [[Malignant (primary) neoplasm, unspecified]], [[The target says primary.]])
* insert MapNoted(screen-c02, inexact, F40.231, [[Fear of injections and transfusions]], [[The target names injections and transfusions.]])
* insert Source(screen-c27)
* insert TargetNoted(inexact, Z79.01, [[Long term (current) use of anticoagulants]], [[The target says long term.]])
* insert Beside(anticoagulant)
* insert MapNoted(screen-c30, narrower, E11.9, [[Type 2 diabetes mellitus without complications]], [[The target says type 2 and without complications.]])
* insert MapNoted(screen-c32, narrower, G40.909, [[Epilepsy, unspecified, not intractable, without status epilepticus]], [[The item also covers a seizure from a procedure.]])
* insert MapNoted(screen-c60, narrower, Z95.0, [[Presence of cardiac pacemaker]], [[The item also covers other active cardiac devices.]])
* insert Map(screen-c61, equivalent, Z95.810, [[Presence of automatic (implantable) cardiac defibrillator]])
