Instance: ims-to-snomed-acupuncture
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS techniques to SNOMED CT acupuncture concepts"
Description: "Concepts that are close to the technique but are named acupuncture, which IMS is not. They are sent only if the configuration of a target requires it, never by default. Found in a SNOMED CT edition of 2020; it has not been verified that they are still active."
* insert MapMeta
* name = "ImsToSnomedAcupuncture"
* insert SnomedLicence
* insert ToSystem(http://snomed.info/sct)
* insert MapNoted(ims-session, inexact, 231082000, [[Dry needle acupuncture (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(trigger-point-needling, inexact, 231082000, [[Dry needle acupuncture (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(pistoning, inexact, 231101006, [[Manual stimulation of acupuncture needle (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(twirl, inexact, 231101006, [[Manual stimulation of acupuncture needle (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(e-stim, inexact, 231102004, [[Electrical stimulation of acupuncture needle (procedure)]], [[The name says acupuncture.]])
