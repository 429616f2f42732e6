Instance: record
InstanceOf: NamingSystem
Usage: #definition
Title: "Identifiers of IMS records in FHIR"
Description: "Identifies a resource by the thing in an IMS record that it stands for, so that sending a record again changes nothing. The value is made of a scope (p, e or v), a hash of the source and the scope's key, the kind of part and its key; it holds no name and no number of the patient."
* name = "ImsRecordIdentifier"
* status = #active
* kind = #identifier
* date = "2026-11-21"
* uniqueId.type = #uri
* uniqueId.value = "https://ims-fhir.org/fhir/NamingSystem/record"
* uniqueId.preferred = true
