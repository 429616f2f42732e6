Instance: ims-finding-to-snomed
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS findings to SNOMED CT"
Description: "The SNOMED CT finding for a question that was answered with yes, or a sign or fact that is present. A target is sent only with a present value, never with no, unknown or an unanswered question; this also applies to symptoms and conditions that are asked about. Of several targets the first that fits is sent. Narrower and related targets are never sent; they only serve to recognise facts of an EMR."
* insert MapMeta
* name = "ImsFindingToSnomed"
* insert SnomedLicence
* insert ToSystem(http://snomed.info/sct)
* insert SnomedFindings
* insert SnomedConditions
* insert SnomedScreeningFacts
* insert SnomedEvents
* insert FindingSigns
* insert FindingHistory
* insert FindingScreening
* insert FindingConsent

RuleSet: FindingSigns
* insert Map(tenderness, equivalent, 247348008, [[Tenderness (finding)]])
* insert Map(tendon-tenderness, wider, 247348008, [[Tenderness (finding)]])
* insert Map(muscle-spasm, wider, 45352006, [[Spasm (finding)]])
* insert Map(muscle-contracture, equivalent, 55033002, [[Muscle contracture (disorder)]])
// Limited range only
* insert Source(range-of-motion)
* insert TargetBeside(rom-active, equivalent, 298222004, [[Active range of joint movement reduced (finding)]])
* insert Target(equivalent, 70733008, [[Limitation of joint movement (finding)]])
* insert Source(temp-asymmetry)
* insert TargetBeside(colder, wider, 424818000, [[Temperature change at anatomical site (finding)]])
* insert TargetBeside(warmer, wider, 424818000, [[Temperature change at anatomical site (finding)]])
* insert Map(localized-hair-loss, wider, 278040002, [[Loss of hair (finding)]])
* insert Map(excess-sweating, wider, 52613005, [[Excessive sweating (finding)]])
* insert MapBeside(reflex, increased, equivalent, 86854008, [[Hyperreflexia (finding)]])

RuleSet: FindingHistory
* insert Source(interval-change)
* insert TargetBeside(better, equivalent, 268910001, [[Patient's condition improved (finding)]])
* insert TargetBeside(worse, equivalent, 271299001, [[Patient's condition worsened (finding)]])
* insert MapBeside(movement, aggravates, equivalent, 425423002, [[Pain provoked by movement (finding)]])
* insert MapBeside(exercise, aggravates, equivalent, 427341007, [[Pain provoked by exertion (finding)]])
* insert MapBeside(rest, relieves, equivalent, 427935006, [[Pain relief by rest (finding)]])

RuleSet: FindingScreening
// C01: depends on the status; a survivor is never coded with the disease itself
* insert Map(cancer-active, wider, 363346000, [[Malignant neoplastic disease (disorder)]])
* insert Map(cancer-survivor, equivalent, 266987004, [[History of malignant neoplasm (situation)]])
* insert MapBeside(screen-c02, severe, equivalent, 231501003, [[Needle phobia (finding)]])
* insert MapNoted(screen-c03, narrower, 386806002, [[Impaired cognition (finding)]], [[Understanding may also be limited by age or language.]])
* insert Map(screen-c04, equivalent, 77386006, [[Pregnant (finding)]])
* insert Map(screen-c05, equivalent, 85828009, [[Autoimmune disease (disorder)]])
* insert Map(screen-c07, wider, 161615003, [[History of surgery (situation)]])
* insert Map(screen-c08, wider, 161615003, [[History of surgery (situation)]])
* insert Map(surgery-direct-3mo, wider, 161615003, [[History of surgery (situation)]])
* insert Map(surgery-adjacent-6wk, wider, 161615003, [[History of surgery (situation)]])
* insert Source(screen-c20)
* insert Target(equivalent, 737038009, [[Declined consent for treatment (finding)]])
* insert Target(relatedto, 105480006, [[Refusal of treatment by patient (situation)]])
// C23: lymph nodes may have been removed without any swelling
* insert MapBeside(screen-c23, swelling, equivalent, 234097001, [[Lymphedema (disorder)]])
* insert Map(infection-local, wider, 40733004, [[Infectious disease (disorder)]])
* insert Map(infection-systemic, wider, 40733004, [[Infectious disease (disorder)]])
* insert Map(fever, equivalent, 386661006, [[Fever (finding)]])
// C27: an antiplatelet is not an anticoagulant
* insert Source(screen-c27)
* insert TargetBeside(anticoagulant, equivalent, 182764009, [[Anticoagulant therapy (procedure)]])
* insert Target(relatedto, 372862008, [[Anticoagulant (substance)]])
* insert Source(screen-c28)
* insert TargetNoted(narrower, 161887000, [[Spontaneous bruising (disorder)]], [[The item also covers bleeding.]])
* insert TargetNoted(narrower, 424131007, [[Easy bruising (finding)]], [[The item also covers bleeding.]])
* insert MapNoted(screen-c29, narrower, 234532001, [[Immunodeficiency disorder (disorder)]], [[The item also covers blood-borne viruses.]])
* insert Map(screen-c30, equivalent, 73211009, [[Diabetes mellitus (disorder)]])
* insert MapNoted(screen-c32, narrower, 84757009, [[Epilepsy (disorder)]], [[The item also covers a seizure from a procedure.]])
* insert Map(screen-c41, wider, 429479009, [[History of radiation therapy (situation)]])
* insert Map(recent-radiotherapy, wider, 429479009, [[History of radiation therapy (situation)]])
* insert Map(screen-c42, equivalent, 302226006, [[Peripheral nerve disease (disorder)]])
* insert MapNoted(screen-c44, narrower, 125605004, [[Fracture of bone (disorder)]], [[The item also covers a bone that is unstable without a fracture.]])
* insert Source(screen-c60)
* insert TargetNoted(narrower, 161692001, [[History of cardiac pacemaker in situ (situation)]], [[The item also covers other active cardiac devices.]])
* insert TargetNoted(narrower, 14106009, [[Cardiac pacemaker, device (physical object)]], [[The item also covers other active cardiac devices.]])
* insert MapNoted(screen-c61, inexact, 72506001, [[Implantable defibrillator, device (physical object)]], [[The target is the device, the item that the patient carries one.]])
* insert Source(screen-c65)
* insert TargetNoted(narrower, 128053003, [[Deep venous thrombosis (disorder)]], [[The item also covers thrombophlebitis.]])
* insert TargetNoted(narrower, 64156001, [[Thrombophlebitis (disorder)]], [[The item also covers deep vein thrombosis.]])

RuleSet: FindingConsent
* insert Map(needling-consent, wider, 408835000, [[Consent for procedure given (finding)]])
* insert Source(consent-refused)
* insert TargetBeside(patient, equivalent, 105480006, [[Refusal of treatment by patient (situation)]])
* insert TargetBeside(parent, equivalent, 371138003, [[Refusal of treatment by parents (situation)]])
