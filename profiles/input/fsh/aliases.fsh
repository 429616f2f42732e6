Alias: $Ims = https://ims-fhir.org/fhir/CodeSystem/ims
Alias: $Beside = https://ims-fhir.org/fhir/concept-map-property/beside
Alias: $Record = https://ims-fhir.org/fhir/NamingSystem/record
Alias: $ScreeningForm = https://ims-fhir.org/fhir/Questionnaire/ims-contraindication-screen|1.0.0
Alias: $ObservationCategory = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $FlagDetail = http://hl7.org/fhir/StructureDefinition/flag-detail
