Extension: ImsNotes
Id: ims-notes
Title: "Notes on an object of the record"
Description: "Information that any object of an IMS record may have in addition to its members: the chart's own words for a member, the reason why a member is missing, who said it, when it was asked, the complaints it is about, and the earlier object it is compared with. In a QuestionnaireResponse the words and the reason for a single value are on its item instead (as-written, data-absent-reason)."
* ^context[0].type = #element
* ^context[0].expression = "Encounter"
* ^context[1].type = #element
* ^context[1].expression = "Procedure"
* ^context[2].type = #element
* ^context[2].expression = "QuestionnaireResponse"
* ^context[3].type = #element
* ^context[3].expression = "QuestionnaireResponse.item"
// Extensions inside our own extensions. The FSH keyword Context would look for a profile of that name.
* ^context[4].type = #element
* ^context[4].expression = "Extension"
* . 0..1
* extension contains
    text 0..1 and
    asWritten 0..* and
    absent 0..* and
    saidBy 0..1 and
    saidByText 0..1 and
    askedAt 0..1 and
    complaintKey 0..* and
    baseline 0..1
* extension[text] ^short = "Remark as free text"
* extension[text].value[x] only string
* extension[asWritten] ^short = "The chart's own words for a member"
* extension[asWritten].extension contains
    member 1..1 and
    words 1..1
* extension[asWritten].extension[member] ^short = "Name of the member"
* extension[asWritten].extension[member].value[x] only string
* extension[asWritten].extension[words].value[x] only string
* extension[absent] ^short = "Reason why a member has no value"
* extension[absent].extension contains
    member 1..1 and
    reason 1..1
* extension[absent].extension[member] ^short = "Name of the member"
* extension[absent].extension[member].value[x] only string
* extension[absent].extension[reason].value[x] only Coding
* extension[absent].extension[reason].value[x] from https://ims-fhir.org/fhir/ValueSet/ims-absent-reason (required)
* extension[saidBy] ^short = "Who or what said it"
* extension[saidBy].value[x] only Coding
* extension[saidBy].value[x] from https://ims-fhir.org/fhir/ValueSet/ims-said-by (required)
* extension[saidByText] ^short = "Who said it, as text"
* extension[saidByText].value[x] only string
* extension[askedAt] ^short = "When it was asked"
* extension[askedAt].value[x] only dateTime
* extension[complaintKey] ^short = "Key of a complaint that it is about"
* extension[complaintKey].value[x] only string
* extension[baseline] ^short = "Earlier object that it is compared with"
* extension[baseline].extension contains
    recordId 0..1 and
    key 1..1
* extension[baseline].extension[recordId] ^short = "Record of the earlier object, if it is another record"
* extension[baseline].extension[recordId].value[x] only string
* extension[baseline].extension[key].value[x] only string
