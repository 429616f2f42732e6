// Corrections of R4's invariants. Some published expressions do not check what their rule requires.
// HL7's validator replaces them (FHIRPathExpressionFixer, and rules that it implements itself); this is
// the same list, so that both validators accept and reject the same resources.

/** The expression that replaces a published one, and the reason. */
export interface Repair {
  readonly expression: string;
  readonly reason: string;
}

const CONDITION_STATUS = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const CONDITION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/condition-category';

/** Repairs by the key of the invariant. */
export const RULE_REPAIRS: Readonly<Record<string, Repair>> = {
  'que-12': {
    expression: 'enableWhen.count() >= 2 implies enableBehavior.exists()',
    reason:
      'enableBehavior is required from two conditions on; the published expression requires it from three.',
  },
  'que-7': {
    expression: "operator = 'exists' implies (answer is boolean)",
    reason:
      'The published expression tests for the type Boolean, which FHIR does not have, so it is always false.',
  },
  'con-3': {
    expression:
      `category.coding.where(system = '${CONDITION_CATEGORY}' and code = 'problem-list-item')` +
      `.exists() and verificationStatus.coding.where(system = '${CONDITION_STATUS}' and ` +
      `code = 'entered-in-error').empty() implies clinicalStatus.exists()`,
    reason:
      'The published expression compares a CodeableConcept with a string, which is never equal.',
  },
  'dom-3': {
    expression:
      "contained.where((('#' + id in (%resource.descendants().reference | " +
      '%resource.descendants().ofType(canonical) | %resource.descendants().ofType(uri) | ' +
      "%resource.descendants().ofType(url))) or descendants().where(reference = '#').exists() or " +
      "descendants().where(ofType(canonical) = '#').exists()).not()).empty()",
    reason:
      '`as` accepts one item, and the published expression applies it to several; it also calls trace().',
  },
  'ref-1': {
    expression:
      "reference.exists() implies (reference.startsWith('#').not() or " +
      '(reference.substring(1) in %rootResource.contained.id) or ' +
      "(reference = '#' and %rootResource != %resource))",
    reason:
      'The published expression is empty for a reference with an identifier only, and its trace() ' +
      'prints the data.',
  },
  'bdl-8': {
    expression: "fullUrl.exists() implies fullUrl.contains('/_history/').not()",
    reason:
      'The published expression is empty for an entry without fullUrl, which counts as a violation.',
  },
  'tim-9': {
    expression:
      "offset.empty() or (when.exists() and when.all(($this in ('C' | 'CM' | 'CD' | 'CV')).not()))",
    reason: '`in` accepts one item on its left; `when` may have several.',
  },
  'txt-2': {
    expression: 'htmlChecks2()',
    reason: 'Published with the function of txt-1; txt-2 requires content that is not blank.',
  },
  'que-1': {
    expression:
      "(type = 'group' implies item.empty().not()) and (type = 'display' implies item.empty())",
    reason: 'The published expression calls trace(), which prints the data.',
  },
  'ras-2': {
    expression: '(probability is decimal) implies ((probability as decimal) <= 100)',
    reason: 'The published expression is empty without a probability.',
  },
};
