Instance: ims-to-hl7
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS codes to HL7 code systems"
Description: "Codes of FHIR and HL7 that elements of FHIR resources require: outcome, causality, severity and seriousness of an adverse event, status of a diagnosis, interpretation of a result, class of an encounter. One group per code system; a target is written to the element that its system belongs to."
* insert MapMeta
* name = "ImsToHl7"
* insert ToSystem(http://terminology.hl7.org/CodeSystem/adverse-event-outcome)
* insert Map(resolved, equivalent, resolved, Resolved)
* insert Map(recovering, equivalent, recovering, Recovering)
* insert Map(ongoing, equivalent, ongoing, Ongoing)
* insert Map(resolved-with-sequelae, equivalent, resolvedWithSequelae, Resolved with Sequelae)
* insert Map(fatal, equivalent, fatal, Fatal)
* insert Map(unknown, equivalent, unknown, Unknown)
* insert ToSystem(http://terminology.hl7.org/CodeSystem/adverse-event-causality-assess)
* insert Map(certain, equivalent, Certain, Certain)
* insert Map(probable, equivalent, Probably-Likely, Probably/Likely)
* insert Map(possible, equivalent, Possible, Possible)
* insert Map(unlikely, equivalent, Unlikely, Unlikely)
// Severity is the charted intensity, never White's class
* insert ToSystem(http://terminology.hl7.org/CodeSystem/adverse-event-severity)
* insert Map(mild, equivalent, mild, Mild)
* insert Map(moderate, equivalent, moderate, Moderate)
* insert Map(severe, equivalent, severe, Severe)
* insert ToSystem(http://terminology.hl7.org/CodeSystem/adverse-event-seriousness)
* insert Map(ae-serious, equivalent, Serious, Serious)
* insert Map(ae-significant, wider, Non-serious, Non-serious)
* insert Map(ae-mild, wider, Non-serious, Non-serious)
* insert ToSystem(http://terminology.hl7.org/CodeSystem/condition-ver-status)
* insert Map(suspected, equivalent, unconfirmed, Unconfirmed)
* insert Map(confirmed, equivalent, confirmed, Confirmed)
* insert Map(ruled-out, equivalent, refuted, Refuted)
* insert ToSystem(http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation)
* insert Map(positive, equivalent, POS, Positive)
* insert Map(negative, equivalent, NEG, Negative)
* insert Map(normal, equivalent, N, Normal)
* insert Map(better, equivalent, B, Better)
* insert Map(worse, equivalent, W, Worse)
* insert ToSystem(http://terminology.hl7.org/CodeSystem/v3-ActCode)
* insert Map(visit, wider, AMB, ambulatory)
* insert Map(contact, wider, VR, virtual)
