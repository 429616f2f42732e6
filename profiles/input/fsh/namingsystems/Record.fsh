Instance: record
InstanceOf: NamingSystem
Usage: #definition
Title: "Identifiers of IMS records in FHIR"
Description: "Identifies a resource by the part of an IMS record that it represents, so that sending a record again creates no duplicates. The value consists of a scope (p, e or v), a hash of the source and the key of the scope, the kind of part and its key. It contains no name and no number of the patient."
* name = "ImsRecordIdentifier"
* status = #active
* kind = #identifier
* date = "2026-11-21"
* uniqueId.type = #uri
* uniqueId.value = "https://ims-fhir.org/fhir/NamingSystem/record"
* uniqueId.preferred = true
