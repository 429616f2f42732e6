// Rules for the identifier, the extension ims-record and the tag of the resources of a record.

// An update could not find a resource whose identifier has another format.
Invariant: ims-identifier-1
Description: "The identifier must consist of scope, hash, kind and key"
Severity: #error
Expression: "value.matches('^[pev]-[a-z2-7]{16}-[a-z]{2,8}(-[A-Za-z0-9.-]{1,36})?$')"

// Resources of a retracted record must not look valid.
Invariant: ims-record-1
Description: "A resource of a record that was entered in error must have the status entered-in-error"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies status = 'entered-in-error'"

// The same for a Condition, which has its status in verificationStatus.
Invariant: ims-record-2
Description: "A Condition of a record that was entered in error must have the verificationStatus entered-in-error"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies verificationStatus.coding.where(code = 'entered-in-error').exists()"

// R4 has no search by identifier for these types, so they are searched by tag.
Invariant: ims-tag-1
Description: "The identifier must also be a tag, because R4 cannot search this type by identifier"
Severity: #error
Expression: "meta.tag.where(system = 'https://ims-fhir.org/fhir/NamingSystem/record' and code.matches('^v-[a-z2-7]{16}-[a-z]{2,8}-[A-Za-z0-9.-]{1,36}$')).exists()"

// The same for a Goal, which has its status in lifecycleStatus.
Invariant: ims-record-3
Description: "A Goal of a record that was entered in error must have the lifecycleStatus entered-in-error"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies lifecycleStatus = 'entered-in-error'"
