// Rules for the identifier, the mark and the tag that resources of a record carry.

// A value of another shape would never be found again by a resend.
Invariant: ims-identifier-1
Description: "Our identifier is made of a scope, a hash, what it stands for and a key"
Severity: #error
Expression: "value.matches('^[pev]-[a-z2-7]{16}-[a-z]{2,8}(-[A-Za-z0-9.-]{1,36})?$')"

// What a whole record took back may not look as if it stood.
Invariant: ims-record-1
Description: "What belongs to a record that was entered in error has that status"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies status = 'entered-in-error'"

// The same for a Condition, which has its status elsewhere.
Invariant: ims-record-2
Description: "A complaint of a record that was entered in error has that verification status"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies verificationStatus.coding.where(code = 'entered-in-error').exists()"

// No server finds these types by identifier, so the tag is all there is.
Invariant: ims-tag-1
Description: "Carries our identifier as a tag as well, because its type has no search by identifier"
Severity: #error
Expression: "meta.tag.where(system = 'https://ims-fhir.org/fhir/NamingSystem/record' and code.matches('^v-[a-z2-7]{16}-[a-z]{2,8}-[A-Za-z0-9.-]{1,36}$')).exists()"

// And for a Goal, whose status has another name.
Invariant: ims-record-3
Description: "A goal of a record that was entered in error has that lifecycle status"
Severity: #error
Expression: "extension.where(url = 'https://ims-fhir.org/fhir/StructureDefinition/ims-record').extension.where(url = 'status').value.where(code = 'entered-in-error').exists() implies lifecycleStatus = 'entered-in-error'"
