// Rules for the rows of the concept maps. In R4 an equivalence means "the target is … than the source": a
// `wider` target is less specific than the IMS code, a `narrower` one is more specific. `equivalent`, `wider` and
// `inexact` targets are sent, the first of an element that fits; the others are for recognising.
RuleSet: MapMeta
* status = #active
* experimental = false

RuleSet: Licence(text)
* copyright = "{text}"

RuleSet: SnomedLicence
* insert Licence([[This material includes SNOMED Clinical Terms (SNOMED CT) content of SNOMED International. Concepts of the SNOMED CT Global Patient Set (GPS, September 2020) are used under the Creative Commons Attribution 4.0 International licence (https://creativecommons.org/licenses/by/4.0/). The few others were published in HL7 FHIR packages, DICOM and national value sets; using them needs a SNOMED CT licence where the territory asks for one.]])

// Groups. Systems are quoted, because SUSHI would replace the bare URL of a known system by its resource.
RuleSet: ToSystem(system)
* group[+].source = $Ims
* group[=].target = "{system}"

RuleSet: FromSystem(system)
* group[+].source = "{system}"
* group[=].target = $Ims

// One code with one target. A display is in double brackets, unless it ends with a bracket itself: SUSHI
// would then continue into the next lines.
RuleSet: Map(source, relation, target, display)
* group[=].element[+].code = #{source}
* group[=].element[=].target.code = #{target}
* group[=].element[=].target.display = "{display}"
* group[=].element[=].target.equivalence = #{relation}

// The same with a comment, which R4 requires for narrower and inexact targets.
RuleSet: MapNoted(source, relation, target, display, comment)
* insert Source({source})
* insert TargetNoted({relation}, {target}, [[{display}]], [[{comment}]])

// A target that applies only together with another IMS code.
RuleSet: MapBeside(source, beside, relation, target, display)
* insert Source({source})
* insert Target({relation}, {target}, [[{display}]])
* insert Beside({beside})

// A code that is followed by its targets.
RuleSet: Source(code)
* group[=].element[+].code = #{code}

RuleSet: Target(relation, code, display)
* group[=].element[=].target[+].code = #{code}
* group[=].element[=].target[=].display = "{display}"
* group[=].element[=].target[=].equivalence = #{relation}

RuleSet: TargetNoted(relation, code, display, comment)
* insert Target({relation}, {code}, [[{display}]])
* group[=].element[=].target[=].comment = "{comment}"

RuleSet: TargetBeside(beside, relation, code, display)
* insert Target({relation}, {code}, [[{display}]])
* insert Beside({beside})

// No target applies together with this other code.
RuleSet: NoTargetBeside(beside)
* group[=].element[=].target[+].equivalence = #unmatched
* insert Beside({beside})

RuleSet: Beside(code)
* group[=].element[=].target[=].dependsOn.property = $Beside
* group[=].element[=].target[=].dependsOn.system = $Ims
* group[=].element[=].target[=].dependsOn.value = "{code}"

// The same, where the other code is the status of a Procedure.
RuleSet: BesideStatus(code)
* group[=].element[=].target[=].dependsOn.property = $Beside
* group[=].element[=].target[=].dependsOn.system = "http://hl7.org/fhir/event-status"
* group[=].element[=].target[=].dependsOn.value = "{code}"
