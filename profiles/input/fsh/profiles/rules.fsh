// Rule sets that the profiles share.

// The revision of the record that the resource belongs to.
RuleSet: Marked
* extension contains ImsRecord named record 1..1

// The identifier that updates find the resource by; other identifiers are allowed.
RuleSet: Identified
* identifier 1..*
* identifier ^slicing.discriminator.type = #value
* identifier ^slicing.discriminator.path = "system"
* identifier ^slicing.rules = #open
* identifier contains ims 1..1
* identifier[ims] obeys ims-identifier-1
* identifier[ims].system 1..1
* identifier[ims].system = $Record
* identifier[ims].value 1..1

// The same for types with a single identifier.
RuleSet: IdentifiedOnce
* identifier 1..1
* identifier obeys ims-identifier-1
* identifier.system 1..1
* identifier.system = $Record
* identifier.value 1..1

// The patient of the visit, as a literal reference.
RuleSet: OfPatient(element)
* {element} 1..1
* {element} only Reference(Patient)
* {element}.reference 1..1

RuleSet: AtVisit
* encounter 1..1

// A narrative is required.
RuleSet: Readable
* text 1..1

// The IMS coding in a list of codings; codings of other systems are allowed.
RuleSet: OurCoding(element, min)
* {element}.coding ^slicing.discriminator.type = #value
* {element}.coding ^slicing.discriminator.path = "system"
* {element}.coding ^slicing.rules = #open
* {element}.coding contains ims {min}..1
* {element}.coding[ims].system 1..1
* {element}.coding[ims].system = $Ims
* {element}.coding[ims].code 1..1

// A coded value. Only the IMS coding is bound, because few servers have the other code systems.
RuleSet: OurValue(path, set)
* insert OurCoding({path}valueCodeableConcept, 1)
* {path}valueCodeableConcept.coding[ims] from https://ims-fhir.org/fhir/ValueSet/ims-{set} (required)

// Rules for every Observation of a visit with a fixed category.
RuleSet: ObservedAtVisit(category)
* insert Observed
* obeys ims-observation-1
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains ims 1..1
* category[ims] = $ObservationCategory#{category}

// Rules for every Observation of a visit.
RuleSet: Observed
* insert Marked
* insert Identified
* insert Readable
* insert OfPatient(subject)
* insert AtVisit
* obeys ims-record-1 and ims-observation-2 and ims-observation-4
* category 1..*
* effective[x] only dateTime
* issued 1..1
* performer only Reference(Practitioner)
* bodySite.text 1..1

// Components are sliced by their code.
RuleSet: Components
* component ^slicing.discriminator.type = #pattern
* component ^slicing.discriminator.path = "code"
* component ^slicing.rules = #open

RuleSet: CodedComponent(name, max, code, set)
* component contains {name} 0..{max}
* component[{name}].code = $Ims#{code}
* component[{name}].value[x] 1..1
* component[{name}].value[x] only CodeableConcept
* insert OurValue(component[{name}]., {set})

// An answer of the examiner or the patient: a code, text, or the reason why there is none.
RuleSet: AnsweredComponent(name, max, code)
* component contains {name} 0..{max}
* component[{name}].code = $Ims#{code}
* component[{name}].value[x] only CodeableConcept

// A number or range, or text if the chart has no number.
RuleSet: MeasuredComponent(name, code)
* component contains {name} 0..1
* component[{name}].code = $Ims#{code}
* component[{name}].value[x] only Quantity or Range or CodeableConcept

// The finding in SNOMED CT that the value represents.
RuleSet: FindingComponent
* component contains finding 0..1
* component[finding].code = $Ims#finding
* component[finding].value[x] 1..1
* component[finding].value[x] only CodeableConcept

// The earlier value that a retest is compared with.
RuleSet: Compared
* extension contains Baseline named baseline 0..1

// Muscle or region, side and segments, because R4 has no search on bodySite.
RuleSet: PlaceComponents
* insert CodedComponent(muscle, 1, site-muscle, muscle)
* insert CodedComponent(region, 1, site-region, region)
* insert CodedComponent(side, 1, site-side, side)
* insert CodedComponent(segment, *, site-segment, segment)

// A condition of an episode is a diagnosis of its visits, not an entry of the problem list.
RuleSet: EncounterDiagnosis
* category 1..*
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains diagnosis 1..1
* category[diagnosis] = http://terminology.hl7.org/CodeSystem/condition-category#encounter-diagnosis
* code 1..1
* code.text 1..1
