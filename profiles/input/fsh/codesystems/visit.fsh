// The visit or contact itself: its kind, people, payers.
RuleSet: VisitCodes
// Kind of record
* #visit "Visit" "The patient was seen by a practitioner."
* #contact "Contact without a visit" "A call, message or letter; nobody was seen and nothing was needled."
// Standing of the practitioner
* #gunn-ims-certified "Certified in Gunn IMS" "Has been awarded the certificate in Gunn intramuscular stimulation."
* #gunn-ims-trained "Trained in Gunn IMS" "Took Gunn IMS training; a certificate is not shown."
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
* #by-law "Required by law" "A law asks for a referral."
* #by-insurer "Required by the insurer" "The insurer asks for a referral."
* #by-nobody "Not required" "No one asks for a referral."
* #billed-physiotherapy "Billed as physiotherapy" "The bill names a physiotherapy treatment."
* #billed-ims "Billed as IMS" "The bill names intramuscular stimulation."
* #not-billed "Not billed" "No bill was issued."
// Ways of contact
* #incoming "Incoming" "The clinic was contacted."
* #outgoing "Outgoing" "The clinic made the contact."
* #in-person "In person" "Face to face."
* #telephone "Telephone" "Spoken, without seeing each other."
* #video "Video" "Spoken and seen, over a screen."
* #message "Message" "By text or portal message."
* #e-mail "E-mail" "In writing, by electronic mail."
* #fax "Fax" "In writing, sent over a telephone line."
* #letter "Letter" "In writing, on paper."
// Facts about the patient
* #either-hand "Either hand" "Neither hand is the dominant one."
// History that clinics chart beside the assessment
* #medicine "Medicine" "A medicine the patient takes or took, in the chart's words."
* #allergy "Allergy" "An allergy or intolerance, in the chart's words."
* #past-history "Past medical history" "Illnesses and operations of earlier years."
* #family-history "Family history" "Illnesses of relatives."
* #social-history "Social history" "Work, home, habits."
