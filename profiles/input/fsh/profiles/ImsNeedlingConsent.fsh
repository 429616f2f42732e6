Profile: ImsNeedlingConsent
Parent: Consent
Id: ims-needling-consent
Title: "Consent to needling"
Description: "The consent of one person to needling with one form, or a refusal. A refusal is rejected; a consent that was withdrawn completely is inactive; one that was withdrawn for named sites stays active without them. For reading; the assessment response has the record's own copy."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(patient)
* obeys ims-record-1 and ims-consent-1
* extension contains
    ConsentForm named form 0..1 and
    ConsentBy named by 0..1 and
    ConsentByName named byName 0..1 and
    ConsentRelation named relation 0..1 and
    ConsentScope named scope 0..1 and
    ConsentSites named sites 0..* and
    ConsentExplained named explained 0..1 and
    ConsentNotAcupuncture named notAcupuncture 0..1 and
    ConsentCopyGiven named copyGiven 0..1 and
    ConsentRefusal named refusal 0..* and
    ConsentRefusalCode named refusalCode 0..1
* scope = http://terminology.hl7.org/CodeSystem/consentscope#treatment
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains needling 1..1
* category[needling] = $Ims#needling-consent
* policy 1..*
* policy.uri 1..1
* provision 0..0
