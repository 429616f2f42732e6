Instance: ims-to-snomed-acupuncture
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS techniques to SNOMED CT acupuncture concepts"
Description: "Concepts that come close to the technique but whose names say acupuncture, which this is not. Sent only where a target's own setting asks for them; never by default. Seen in a SNOMED CT edition of 2020; whether they are still active has not been verified."
* insert MapMeta
* name = "ImsToSnomedAcupuncture"
* insert SnomedLicence
* insert ToSystem(http://snomed.info/sct)
* insert MapNoted(ims-session, inexact, 231082000, [[Dry needle acupuncture (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(trigger-point-needling, inexact, 231082000, [[Dry needle acupuncture (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(pistoning, inexact, 231101006, [[Manual stimulation of acupuncture needle (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(twirl, inexact, 231101006, [[Manual stimulation of acupuncture needle (procedure)]], [[The name says acupuncture.]])
* insert MapNoted(e-stim, inexact, 231102004, [[Electrical stimulation of acupuncture needle (procedure)]], [[The name says acupuncture.]])
