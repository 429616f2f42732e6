Instance: ims-to-data-absent-reason
InstanceOf: ConceptMap
Usage: #definition
Title: "IMS codes to reasons for a missing value"
Description: "Reasons why a value is missing. An answer that is neither yes nor no, and a reason instead of a value, are written as a data absent reason. Only two of them state that the question was asked."
* insert MapMeta
* name = "ImsToDataAbsentReason"
* insert ToSystem(http://terminology.hl7.org/CodeSystem/data-absent-reason)
* insert Map(unknown, equivalent, asked-unknown, Asked But Unknown)
* insert Map(not-asked, equivalent, not-asked, Not Asked)
* insert Map(declined, equivalent, asked-declined, Asked But Declined)
* insert Map(not-applicable, equivalent, not-applicable, Not Applicable)
* insert Map(not-tested, equivalent, not-performed, Not Performed)
* insert Map(pending, equivalent, temp-unknown, Temporarily Unknown)
