// R4 as published has rules that its own expressions do not say. HL7's validator replaces these
// expressions before it uses them (FHIRPathExpressionFixer and the rules it implements itself); the
// same list here, so that both accept and refuse the same resources.

/** An invariant as it is used instead, and why. */
export interface Repair {
  readonly expression: string;
  readonly because: string;
}

const CONDITION_STATUS = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const CONDITION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/condition-category';

/** Repairs by the key of the invariant. */
export const RULE_REPAIRS: Readonly<Record<string, Repair>> = {
  'que-12': {
    expression: 'enableWhen.count() >= 2 implies enableBehavior.exists()',
    because: 'Two conditions need a behaviour already; the published one asks from three on.',
  },
  'que-7': {
    expression: "operator = 'exists' implies (answer is boolean)",
    because: 'The published type name Boolean is no FHIR type, so no answer was of it.',
  },
  'con-3': {
    expression:
      `category.coding.where(system = '${CONDITION_CATEGORY}' and code = 'problem-list-item')` +
      `.exists() and verificationStatus.coding.where(system = '${CONDITION_STATUS}' and ` +
      `code = 'entered-in-error').empty() implies clinicalStatus.exists()`,
    because: 'The published one compares a CodeableConcept with a string, which is never equal.',
  },
  'dom-3': {
    expression:
      "contained.where((('#' + id in (%resource.descendants().reference | " +
      '%resource.descendants().ofType(canonical) | %resource.descendants().ofType(uri) | ' +
      "%resource.descendants().ofType(url))) or descendants().where(reference = '#').exists() or " +
      "descendants().where(ofType(canonical) = '#').exists()).not()).empty()",
    because: '`as` takes one item, and the published one gives it all there are; it traces, too.',
  },
  'ref-1': {
    expression:
      "reference.exists() implies (reference.startsWith('#').not() or " +
      '(reference.substring(1) in %rootResource.contained.id) or ' +
      "(reference = '#' and %rootResource != %resource))",
    because:
      'A reference by identifier alone made the published one empty, and its trace() prints what ' +
      'it is asked about.',
  },
  'bdl-8': {
    expression: "fullUrl.exists() implies fullUrl.contains('/_history/').not()",
    because: 'An entry without fullUrl made the published one empty, which counts as broken.',
  },
  'tim-9': {
    expression:
      "offset.empty() or (when.exists() and when.all(($this in ('C' | 'CM' | 'CD' | 'CV')).not()))",
    because: '`in` takes one item on its left; `when` may hold several.',
  },
  'txt-2': {
    expression: 'htmlChecks2()',
    because: 'Published with the function of txt-1; txt-2 asks for content that is not blank.',
  },
  'que-1': {
    expression:
      "(type = 'group' implies item.empty().not()) and (type = 'display' implies item.empty())",
    because: 'The published one traces what it is asked about.',
  },
  'ras-2': {
    expression: '(probability is decimal) implies ((probability as decimal) <= 100)',
    because: 'Where there is no probability the published one is empty.',
  },
};
