// The visit or contact: kind of record, people, payers.
RuleSet: VisitCodes
// Kind of record
* #visit "Visit" "The patient was seen by a practitioner."
* #contact "Contact without a visit" "A call, message or letter; the patient was not seen and not needled."
// Credentials of the practitioner
* #gunn-ims-certified "Certified in Gunn IMS" "Has been awarded the certificate in Gunn intramuscular stimulation."
* #gunn-ims-trained "Trained in Gunn IMS" "Completed Gunn IMS training; a certificate was not shown."
* #dry-needling-course "Dry needling course" "Completed a course in dry needling."
* #acupuncture-course "Acupuncture course" "Completed a course in acupuncture."
* #no-needling-training "No needling training" "Has had no training in needling."
* #stated "Stated" "The credential is claimed; no document was shown."
* #seen "Seen" "The document that proves the credential was shown."
// Payers and claims
* #self-pay "Self-pay" "The patient pays the bill."
* #extended-health "Extended health plan" "A private or employer's health plan pays."
* #worksafebc "WorkSafeBC" "Claim for an injury at work in British Columbia."
* #icbc "ICBC" "Claim for a motor vehicle injury in British Columbia."
* #by-law "Required by law" "A law requires a referral."
* #by-insurer "Required by the insurer" "The insurer requires a referral."
* #by-nobody "Not required" "A referral is not required."
* #billed-physiotherapy "Billed as physiotherapy" "The bill names a physiotherapy treatment."
* #billed-ims "Billed as IMS" "The bill names intramuscular stimulation."
* #not-billed "Not billed" "No bill was issued."
// Means of contact
* #incoming "Incoming" "The clinic was contacted."
* #outgoing "Outgoing" "The clinic made the contact."
* #in-person "In person" "Face to face."
* #telephone "Telephone" "By telephone, without video."
* #video "Video" "By video call."
* #message "Message" "By text or portal message."
* #e-mail "E-mail" "By electronic mail."
* #fax "Fax" "In writing, by fax transmission."
* #letter "Letter" "In writing, on paper."
// Facts about the patient
* #either-hand "Either hand" "Neither hand is the dominant one."
// History that clinics chart in addition to the assessment
* #medicine "Medicine" "A medicine that the patient takes or took, in the chart's words."
* #allergy "Allergy" "An allergy or intolerance, in the chart's words."
* #past-history "Past medical history" "Earlier illnesses and operations."
* #family-history "Family history" "Illnesses of relatives."
* #social-history "Social history" "Work, home, habits."
