// What HL7's validator says that is about this machine, about R4 itself or about a choice made on
// purpose. Each row names one message and what it must speak of, so that a new fault is never covered.

/** What is known of something judged, where that makes a message come true. */
export type Trait = 'definition' | 'no-practitioner' | 'no-time';

/** One message that stays, and why. */
export interface Unavoidable {
  readonly severity: 'warning' | 'error';
  /** The validator's name for it; some messages have none. */
  readonly messageId: string | null;
  readonly says: RegExp;
  readonly reason: string;
  /** Only for what has this trait. */
  readonly of?: Trait;
}

const SYSTEMS: readonly Unavoidable[] = [
  {
    severity: 'warning',
    messageId: 'TERMINOLOGY_TX_SYSTEM_UNSUPPORTED',
    says: /codeSystem 'http:\/\/snomed\.info\/sct'/,
    reason:
      'SNOMED CT is licensed and a gigabyte; each of its codes in use is on the list of verified codes',
  },
  {
    severity: 'warning',
    messageId: 'Terminology_PassThrough_TX_Message',
    says: /Unable to expand ValueSet: .* 'http:\/\/snomed\.info\/sct' is ignored\/not-present/,
    reason: 'R4 prefers a part of SNOMED CT here, which cannot be listed without it',
  },
  {
    severity: 'warning',
    messageId: 'Terminology_PassThrough_TX_Message',
    says: /unknown and can't be validated: https:\/\/ims-fhir\.org\/fhir\/NamingSystem\/record /,
    reason:
      'the tag that finds an AdverseEvent or Provenance is a key of ours and no code of any list',
  },
  {
    severity: 'warning',
    messageId: 'Terminology_TX_NoValid_2_CC',
    says: /Consent Category Codes.*http:\/\/loinc\.org#59284-0/,
    reason:
      'R4 names LOINC 59284-0 in that very value set; beside a second coding it is not looked up without LOINC',
  },
  {
    severity: 'warning',
    messageId: 'TYPE_SPECIFIC_CHECKS_DT_QTY_UCUM_ANNOTATIONS',
    says: /annotations like \{(score|count)\}/,
    reason: 'LOINC gives its pain scores the unit {score}; a search by value needs a coded unit',
  },
];

const RECORDS: readonly Unavoidable[] = [
  {
    severity: 'warning',
    messageId: 'All_observations_should_have_a_performer',
    says: /performer/,
    of: 'no-practitioner',
    reason: 'the record names no practitioner of the visit, and none is invented',
  },
  {
    severity: 'warning',
    messageId: 'All_observations_should_have_an_effectiveDateTime_or_an_effectivePeriod',
    says: /effective/,
    of: 'no-time',
    reason: 'the record does not say when, or says so in words alone, and no date is invented',
  },
  {
    severity: 'warning',
    messageId: 'Type_Specific_Checks_DT_String_WS',
    says: /' two {2}spaces '/,
    reason: "a clinic's own ids are kept as they are, byte for byte",
  },
];

const DEFINITIONS: readonly Unavoidable[] = [
  {
    severity: 'warning',
    messageId: 'http://hl7.org/fhir/StructureDefinition/DomainResource#dom-6',
    says: /narrative/,
    of: 'definition',
    reason: 'programs read definitions; people have title, description and the generated tables',
  },
  {
    severity: 'warning',
    messageId: 'SD_ED_EXPERIMENTAL_BINDING',
    says: /\.language' binds to the value set 'http:\/\/hl7\.org\/fhir\/ValueSet\/languages'/,
    of: 'definition',
    reason: 'R4 binds every resource to this value set and calls it experimental itself',
  },
  {
    severity: 'warning',
    messageId: 'Type_Specific_Checks_DT_String_WS',
    says: /'participation\[typeCode=RTGT\] '/,
    of: 'definition',
    reason: 'stands so in the snapshot of R4 Observation',
  },
  {
    severity: 'error',
    messageId: 'TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_VALUE',
    says: /'Local eCMS identifier'/,
    of: 'definition',
    reason: "stands so in R4 Consent's own example of an identifier",
  },
  {
    severity: 'error',
    messageId: 'ERROR_GENERATING_SNAPSHOT',
    says: /Unable to resolve package id hl7\.fhir\.r4\.core#null/,
    of: 'definition',
    reason:
      'called through HAPI, the validator has no package to make a snapshot from; SUSHI made these',
  },
  {
    severity: 'warning',
    messageId: 'CONCEPTMAP_GROUP_TARGET_UNKNOWN',
    says: /(loinc\.org|icd-10-cm) is not fully defined/,
    of: 'definition',
    reason: 'LOINC and ICD-10-CM are not at hand; their codes are on the list of verified codes',
  },
  {
    severity: 'warning',
    messageId: 'CONCEPTMAP_GROUP_SOURCE_UNKNOWN',
    says: /loinc\.org is not fully defined/,
    of: 'definition',
    reason: 'LOINC is not at hand; its codes are on the list of verified codes',
  },
  {
    severity: 'error',
    messageId: 'Extension_EXT_Unknown_NotHere',
    says: /hl7\.org\/fhir\/uv\/sdc\/StructureDefinition\/sdc-questionnaire-observation-?[eE]xtract/,
    of: 'definition',
    reason: 'the marks of Structured Data Capture; its package is not at hand',
  },
  {
    severity: 'warning',
    messageId: null,
    says: /relationship has already been defined from the code (pain-|temp-asymmetry )/,
    of: 'definition',
    reason: 'rows that hold beside one other code alone (dependsOn) are counted as said twice',
  },
  {
    severity: 'warning',
    messageId: null,
    says: /references CodeSystem 'http:\/\/snomed\.info\/sct' which has status 'not-present'/,
    of: 'definition',
    reason: 'SNOMED CT is licensed: R4 itself carries its name without the codes',
  },
];

export const UNAVOIDABLE: readonly Unavoidable[] = [...SYSTEMS, ...RECORDS, ...DEFINITIONS];
