Profile: ImsDocument
Parent: DocumentReference
Id: ims-document
Title: "Document, note or body chart of an IMS record"
Description: "A file or verbatim text of the clinic's chart, or the body chart drawn from a session, with the content inline. No structured data is derived from it."
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* extension contains ImsFile named file 0..1
* content 1..1
* content.attachment.contentType 1..1
* content.attachment.data 1..1
* context 1..1
* context.encounter 1..1
