// Observations of the screening: one per item answered yes, unknown or declined, and one with the
// outcome. Their codes are the IMS questions, never disorders: a server that shows a code without its
// value must not turn a "no" into a diagnosis.
import type { CodeableConcept, ObservationComponent } from '@medplum/fhirtypes';
import { findingLabel, renderFinding, renderScreeningItem } from '../../chart/findings.ts';
import { renderCode } from '../../chart/values.ts';
import { defined } from '../../defined.ts';
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding } from '../../ims/records/findings.ts';
import type { Group } from '../../ims/schema/members.ts';
import { screening as definition } from '../../ims/schema/screening.ts';
import { concept, findingCoding, ownCode, ownConcept } from '../../terminology/concepts.ts';
import { codedComponent } from '../body-site.ts';
import { type Context, type MappedResource, reference } from '../context.ts';
import { identifierValue } from '../identity.ts';
import { screeningReference } from '../resources/questionnaire-response.ts';
import { findingComponent } from './drafts.ts';
import { type ObservationDraft, observationToFhir } from './observation.ts';
import { answerValue, type RecordObject } from './value.ts';

type Item = RecordObject & { readonly answer?: Answer; readonly decision?: string };
type ItemName = keyof typeof definition.members;

/** The screening items that have an answer, by member name. */
const ITEMS = Object.entries(definition.members).flatMap(([member, group]): [ItemName, Group][] =>
  'answer' in (group as Group).members ? [[member as ItemName, group as Group]] : [],
);

/** Observations of the screening: its items, then the outcome. */
export function screeningToFhir(context: Context): MappedResource[] {
  if (context.record.screening === undefined) return [];
  const charted = ITEMS.flatMap(([member, group]) => itemDrafts(context, member, group));
  const chartedKeys = new Set(charted.map(({ key }) => key));
  const derived = surgeryDrafts(context).filter(({ key }) => !chartedKeys.has(key));
  const items = [...charted, ...derived];
  return [...items, outcomeDraft(context, items)].map((draft) => observationToFhir(context, draft));
}

function itemOf({ record }: Context, member: ItemName): Item | undefined {
  return record.screening?.[member] as Item | undefined;
}

const ANSWERS_WITHOUT_OBSERVATION: ReadonlySet<Answer | undefined> = new Set([
  'no',
  'not-applicable',
  'not-asked',
]);

function itemDrafts(context: Context, member: ItemName, group: Group): ObservationDraft[] {
  const item = itemOf(context, member);
  if (item === undefined || ANSWERS_WITHOUT_OBSERVATION.has(item.answer)) return [];
  const value = answerValue(item, 'answer', item.answer);
  if (value === undefined || group.id === undefined) return [];
  const findings = context.findings.filter((finding) => finding.member === member);
  return [
    {
      ...questionOf(group.id),
      value,
      narrative:
        findings.length > 0
          ? renderFindings(context, findings)
          : renderScreeningItem(member, context.record),
      components: [
        ...(item.answer === 'yes' ? findingComponents(group, item) : []),
        ...findings.flatMap(ruleComponents),
        ...(item.decision === undefined ? [] : [codedComponent('decision', item.decision)]),
      ],
      derivedFrom: screeningReference(context),
    },
  ];
}

/** The code of the question for a row of the dictionary: `screen-c01`. */
export function questionCode(id: string): string {
  return `screen-${id.toLowerCase()}`;
}

function questionOf(id: string): Pick<ObservationDraft, 'part' | 'key' | 'code' | 'category'> {
  return { part: 'screen', key: id, code: ownConcept(questionCode(id)), category: 'survey' };
}

function renderFindings({ record }: Context, findings: readonly Finding[]): string {
  return findings.map((finding) => renderFinding(finding, record)).join(' ');
}

/** The SNOMED CT findings that a "yes" with its details means, then the details. */
function findingComponents(group: Group, item: Item): ObservationComponent[] {
  const details = detailsOf(group, item);
  const ofDetails = details
    .map((code) => findingCoding(code))
    .filter((found) => found !== undefined);
  const question = questionCode(group.id ?? '');
  const [dependsOn] = details.filter((code) => findingCoding(question, code) !== undefined);
  const ofQuestion = findingCoding(question, dependsOn);
  const findings = ofDetails.length > 0 || ofQuestion === undefined ? ofDetails : [ofQuestion];
  return [
    ...findings.map(findingComponent),
    ...details.map((code) => codedComponent('screening-detail', code)),
  ];
}

/** The codes that specify the answer, such as a kind of cancer. */
function detailsOf({ members }: Group, item: Item): string[] {
  return Object.entries(members).flatMap(([name, { kind }]) => {
    const value = item[name];
    const isDetail = kind === 'code' && name !== 'answer' && name !== 'decision';
    return isDetail && typeof value === 'string' ? [value] : [];
  });
}

const CLASS_CODE = { absolute: 'class-a', relative: 'class-r', ask: 'class-d' } as const;
const SCOPE_CODE = { session: 'scope-sys', site: 'scope-loc', current: 'scope-est' } as const;

function ruleComponents({ class: strength, scope, earliestDate }: Finding): ObservationComponent[] {
  return [
    codedComponent('finding-class', CLASS_CODE[strength]),
    codedComponent('finding-scope', SCOPE_CODE[scope]),
    ...(earliestDate === undefined
      ? []
      : [{ code: ownCode('earliest-date'), valueDateTime: earliestDate }]),
  ];
}

/** C07 and C08 are derived from the list of operations and have no answer in the screening. */
function surgeryDrafts(context: Context): ObservationDraft[] {
  return ['C07', 'C08'].flatMap((id): ObservationDraft[] => {
    const findings = context.findings.filter(({ item }) => item === id);
    if (findings.length === 0) return [];
    const isAbsolute = findings.some(({ class: strength }) => strength === 'absolute');
    const value = answerValue({}, 'answer', isAbsolute ? 'yes' : 'unknown');
    if (value === undefined) return [];
    return [
      {
        ...questionOf(id),
        value,
        narrative: renderFindings(context, findings),
        components: findings.flatMap(ruleComponents),
        derivedFrom: screeningReference(context),
      },
    ];
  });
}

/** The screening as a whole: its findings, and how often each answer was given. */
function outcomeDraft(context: Context, items: readonly ObservationDraft[]): ObservationDraft {
  const { findings, visitScope } = context;
  const answers = ITEMS.flatMap(([member]) => itemOf(context, member)?.answer ?? []);
  const answered = answers.filter((answer) => ANSWERED.has(answer)).length;
  const noFinding = `no finding among the ${answered} items that were answered`;
  const labels = [...new Set(findings.map(findingLabel))].join(', ') || noFinding;
  return {
    part: 'outcome',
    key: 'all',
    code: ownConcept('screening-outcome'),
    category: 'survey',
    value: { valueCodeableConcept: outcomeConcept(findings, noFinding) },
    narrative: `Screening: ${labels} (${renderCounts(answers)})`,
    hasMember: items.map(({ key }) =>
      reference('Observation', identifierValue(visitScope, 'screen', key), 'Screening item'),
    ),
    derivedFrom: screeningReference(context),
  };
}

/** Answers that leave nothing to be asked. */
const ANSWERED: ReadonlySet<Answer> = new Set(['yes', 'no', 'not-applicable']);

/** "no: 20, yes: 2". */
function renderCounts(answers: readonly Answer[]): string {
  return [...Map.groupBy(answers, (answer) => answer)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([answer, list]) => `${renderCode(answer).toLowerCase()}: ${list.length}`)
    .join(', ');
}

/**
 * The strictest class of the findings with its scope. Without findings, the text says how many items
 * were answered, because an incomplete screening does not mean that needling is safe.
 */
function outcomeConcept(findings: readonly Finding[], noFinding: string): CodeableConcept {
  const strictest = (['absolute', 'relative', 'ask'] as const).find((strength) =>
    findings.some((finding) => finding.class === strength),
  );
  if (strictest === undefined) return { text: noFinding };
  const scopes = findings
    .filter((finding) => finding.class === strictest)
    .map(({ scope }) => scope);
  const scope = (['session', 'current', 'site'] as const).find((widest) => scopes.includes(widest));
  const { coding, text } = concept(CLASS_CODE[strictest]);
  const where = scope === undefined ? '' : `, ${renderCode(SCOPE_CODE[scope]).toLowerCase()}`;
  return { ...defined({ coding }), text: `${text}${where}` };
}
