// Messages of HL7's validator that cannot be avoided, because of its configuration here, of R4 or of a design
// decision. Each row matches one message and its text, so that it cannot hide a new fault.

/** A property of a validated resource that causes a message. */
export type Trait = 'definition' | 'no-practitioner' | 'no-time';

/** One message, with the reason why it is accepted. */
export interface Unavoidable {
  readonly severity: 'warning' | 'error';
  /** The validator's id of the message; null for messages without one. */
  readonly messageId: string | null;
  readonly text: RegExp;
  readonly reason: string;
  /** Only for resources with this trait. */
  readonly trait?: Trait;
}

const SYSTEMS: readonly Unavoidable[] = [
  {
    severity: 'warning',
    messageId: 'TERMINOLOGY_TX_SYSTEM_UNSUPPORTED',
    text: /codeSystem 'http:\/\/snomed\.info\/sct'/,
    reason:
      'SNOMED CT is licensed and very large; all codes in use are on the list of verified codes',
  },
  {
    severity: 'warning',
    messageId: 'Terminology_PassThrough_TX_Message',
    text: /Unable to expand ValueSet: .* 'http:\/\/snomed\.info\/sct' is ignored\/not-present/,
    reason: 'R4 prefers a subset of SNOMED CT here, which cannot be expanded without SNOMED CT',
  },
  {
    severity: 'warning',
    messageId: 'Terminology_PassThrough_TX_Message',
    text: /unknown and can't be validated: https:\/\/ims-fhir\.org\/fhir\/NamingSystem\/record /,
    reason:
      'the tag by which an AdverseEvent or Provenance is found is an identifier, not a code of a CodeSystem',
  },
  {
    severity: 'warning',
    messageId: 'Terminology_TX_NoValid_2_CC',
    text: /Consent Category Codes.*http:\/\/loinc\.org#59284-0/,
    reason:
      'R4 has LOINC 59284-0 in this value set; with a second coding it is not found without LOINC',
  },
  {
    severity: 'warning',
    messageId: 'TYPE_SPECIFIC_CHECKS_DT_QTY_UCUM_ANNOTATIONS',
    text: /annotations like \{(score|count)\}/,
    reason: 'LOINC uses the unit {score} for pain scores; a search by value requires a coded unit',
  },
];

const RECORDS: readonly Unavoidable[] = [
  {
    severity: 'warning',
    messageId: 'All_observations_should_have_a_performer',
    text: /performer/,
    trait: 'no-practitioner',
    reason: 'the record has no practitioner of the visit',
  },
  {
    severity: 'warning',
    messageId: 'All_observations_should_have_an_effectiveDateTime_or_an_effectivePeriod',
    text: /effective/,
    trait: 'no-time',
    reason: 'the record has no date, or only a date in words',
  },
  {
    severity: 'warning',
    messageId: 'Type_Specific_Checks_DT_String_WS',
    text: /' two {2}spaces '/,
    reason: "a clinic's ids are kept unchanged, byte for byte",
  },
];

const DEFINITIONS: readonly Unavoidable[] = [
  {
    severity: 'warning',
    messageId: 'http://hl7.org/fhir/StructureDefinition/DomainResource#dom-6',
    text: /narrative/,
    trait: 'definition',
    reason:
      'definitions have no narrative; people read their title, description and the generated tables',
  },
  {
    severity: 'warning',
    messageId: 'SD_ED_EXPERIMENTAL_BINDING',
    text: /\.language' binds to the value set 'http:\/\/hl7\.org\/fhir\/ValueSet\/languages'/,
    trait: 'definition',
    reason: 'R4 binds every resource to this value set, which is experimental',
  },
  {
    severity: 'warning',
    messageId: 'Type_Specific_Checks_DT_String_WS',
    text: /'participation\[typeCode=RTGT\] '/,
    trait: 'definition',
    reason: 'is in the snapshot of R4 Observation',
  },
  {
    severity: 'error',
    messageId: 'TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_VALUE',
    text: /'Local eCMS identifier'/,
    trait: 'definition',
    reason: 'is in the example identifier of R4 Consent',
  },
  {
    severity: 'error',
    messageId: 'ERROR_GENERATING_SNAPSHOT',
    text: /Unable to resolve package id hl7\.fhir\.r4\.core#null/,
    trait: 'definition',
    reason:
      'used through HAPI, the validator has no package from which to generate a snapshot; SUSHI generated ours',
  },
  {
    severity: 'warning',
    messageId: 'CONCEPTMAP_GROUP_TARGET_UNKNOWN',
    text: /(loinc\.org|icd-10-cm) is not fully defined/,
    trait: 'definition',
    reason: 'LOINC and ICD-10-CM are not installed; their codes are on the list of verified codes',
  },
  {
    severity: 'warning',
    messageId: 'CONCEPTMAP_GROUP_SOURCE_UNKNOWN',
    text: /loinc\.org is not fully defined/,
    trait: 'definition',
    reason: 'LOINC is not installed; its codes are on the list of verified codes',
  },
  {
    severity: 'error',
    messageId: 'Extension_EXT_Unknown_NotHere',
    text: /hl7\.org\/fhir\/uv\/sdc\/StructureDefinition\/sdc-questionnaire-observation-?[eE]xtract/,
    trait: 'definition',
    reason: 'extensions of Structured Data Capture, whose package is not installed',
  },
  {
    severity: 'warning',
    messageId: null,
    text: /relationship has already been defined from the code (pain-|temp-asymmetry )/,
    trait: 'definition',
    reason: 'rows that depend on another code (dependsOn) are counted as duplicates',
  },
  {
    severity: 'warning',
    messageId: null,
    text: /references CodeSystem 'http:\/\/snomed\.info\/sct' which has status 'not-present'/,
    trait: 'definition',
    reason: 'SNOMED CT is licensed: R4 has its CodeSystem without the codes',
  },
];

export const UNAVOIDABLE: readonly Unavoidable[] = [...SYSTEMS, ...RECORDS, ...DEFINITIONS];
