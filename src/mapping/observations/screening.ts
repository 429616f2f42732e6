// Screening answers that must be seen: one Observation per item answered yes, unknown or declined,
// and one for the outcome. The code is our question, never a disorder: a chart that shows a code
// without its value must not turn "no" into a diagnosis.
import type { CodeableConcept, ObservationComponent } from '@medplum/fhirtypes';
import { labelOf, renderFinding, renderScreeningItem } from '../../chart/findings.ts';
import { renderCode } from '../../chart/words.ts';
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding } from '../../ims/records/findings.ts';
import type { General, Group } from '../../ims/schema/members.ts';
import { screening as definition } from '../../ims/schema/screening.ts';
import { concept, findingCoding, ownCode, ownConcept } from '../../terminology/concepts.ts';
import { coded } from '../body-site.ts';
import { type Context, type MappedResource, reference } from '../context.ts';
import { identifierValue } from '../identity.ts';
import { screeningReference } from '../resources/questionnaire-response.ts';
import { type ObservationDraft, observation } from './observation.ts';
import { answerValue } from './value.ts';

type Values = Readonly<Record<string, unknown>>;
type Item = General & { readonly answer?: Answer; readonly decision?: string };

/** Screening items, by member: those with a row of their own and an answer. */
const ITEMS = Object.entries(definition.members).flatMap(([member, group]): [string, Group][] =>
  'answer' in (group as Group).members ? [[member, group as Group]] : [],
);

/** The question of each item, with the member that answers it. */
export const SCREENING_QUESTIONS = ITEMS.flatMap(([, { id, members }]) =>
  id === undefined ? [] : [{ code: questionCode(id), members, name: 'answer' }],
);

/** Observations of the screening: items to be seen, then the outcome. */
export function screeningToFhir(context: Context): MappedResource[] {
  const { screening } = context.record;
  if (screening === undefined) return [];
  const charted = ITEMS.flatMap(([member, group]) => itemSign(context, member, group));
  const seen = new Set(charted.map(({ key }) => key));
  const signs = [...charted, ...derivedSigns(context).filter(({ key }) => !seen.has(key))];
  const items = signs.map((sign) => observation(context, sign));
  return [...items, observation(context, outcomeSign(context, signs))];
}

function itemSign(context: Context, member: string, group: Group): ObservationDraft[] {
  const item = context.record.screening?.[member as keyof typeof context.record.screening] as
    | Item
    | undefined;
  if (item === undefined || item.answer === 'no' || item.answer === 'not-applicable') return [];
  if (item.answer === 'not-asked') return [];
  const value = answerValue(item, 'answer', item.answer);
  if (value === undefined || group.id === undefined) return [];
  const findings = context.findings.filter((one) => one.member === member);
  const says = findings.map((one) => renderFinding(one, context.record));
  return [
    {
      ...question(group.id),
      value,
      says:
        says.length > 0
          ? says.join(' ')
          : renderScreeningItem(member as keyof typeof definition.members, context.record),
      components: [
        ...(item.answer === 'yes' ? findingComponents(group, item as Values) : []),
        ...findings.flatMap(ruleComponents),
        ...(item.decision === undefined ? [] : [coded('decision', item.decision)]),
      ],
      derivedFrom: screeningReference(context),
    },
  ];
}

/** The code of our question for a row of the dictionary: `screen-c01`. */
function questionCode(id: string): string {
  return `screen-${id.toLowerCase()}`;
}

function question(id: string): Pick<ObservationDraft, 'part' | 'key' | 'code' | 'category'> {
  const code = questionCode(id);
  return {
    part: 'screen',
    key: id,
    code: ownConcept(code),
    category: 'survey',
  };
}

/** Verified findings that a "yes" with its details amounts to. */
function findingComponents(group: Group, item: Values): ObservationComponent[] {
  const details = Object.entries(group.members).flatMap(([name, member]) =>
    member.kind === 'code' &&
    name !== 'answer' &&
    name !== 'decision' &&
    typeof item[name] === 'string'
      ? [item[name]]
      : [],
  );
  const named = details.map((code) => findingCoding(code)).filter((one) => one !== undefined);
  const question = questionCode(group.id ?? '');
  const [beside] = details.filter((code) => findingCoding(question, code) !== undefined);
  const whole = findingCoding(question, beside);
  const found = named.length > 0 || whole === undefined ? named : [whole];
  return [
    ...found.map((one) => ({
      code: ownCode('finding'),
      valueCodeableConcept: { coding: [one] },
    })),
    ...details.map((code) => coded('screening-detail', code)),
  ];
}

const CLASS_CODE = { absolute: 'class-a', relative: 'class-r', ask: 'class-d' } as const;
const SCOPE_CODE = { session: 'scope-sys', site: 'scope-loc', current: 'scope-est' } as const;

function ruleComponents({ class: strength, scope, earliestDate }: Finding): ObservationComponent[] {
  return [
    coded('finding-class', CLASS_CODE[strength]),
    coded('finding-scope', SCOPE_CODE[scope]),
    ...(earliestDate === undefined
      ? []
      : [{ code: ownCode('earliest-date'), valueDateTime: earliestDate }]),
  ];
}

/** C07 and C08 come from the list of operations, without an answer of their own. */
function derivedSigns(context: Context): ObservationDraft[] {
  return ['C07', 'C08'].flatMap((id): ObservationDraft[] => {
    const findings = context.findings.filter(({ item }) => item === id);
    const [first] = findings;
    if (first === undefined) return [];
    const answer = findings.some(({ class: strength }) => strength === 'absolute')
      ? 'yes'
      : 'unknown';
    const value = answerValue({}, 'answer', answer);
    if (value === undefined) return [];
    const says = findings.map((one) => renderFinding(one, context.record)).join(' ');
    const components = findings.flatMap(ruleComponents);
    return [{ ...question(id), value, says, components, derivedFrom: screeningReference(context) }];
  });
}

/** The whole screening in one Observation: what it found, and how often each answer was given. */
function outcomeSign(context: Context, signs: readonly ObservationDraft[]): ObservationDraft {
  const { record, findings, visitScope } = context;
  const answers = ITEMS.flatMap(([member]) => {
    const item = record.screening?.[member as 'cancer'];
    return item?.answer === undefined ? [] : [item.answer];
  });
  const counts = [...Map.groupBy(answers, (answer) => answer)].sort(([a], [b]) => (a < b ? -1 : 1));
  const asked = `no finding among the ${answers.filter(isAnswered).length} items that were answered`;
  const says = counts.map(
    ([answer, list]) => `${renderCode(answer).toLowerCase()}: ${list.length}`,
  );
  return {
    part: 'outcome',
    key: 'all',
    code: ownConcept('screening-outcome'),
    category: 'survey',
    value: { valueCodeableConcept: outcomeOf(findings, asked) },
    says: `Screening: ${[...new Set(findings.map(labelOf))].join(', ') || asked} (${says.join(', ')})`,
    hasMember: signs.map(({ key }) =>
      reference('Observation', identifierValue(visitScope, 'screen', key), 'Screening item'),
    ),
    derivedFrom: screeningReference(context),
  };
}

/** An answer that leaves nothing open. */
function isAnswered(answer: string): boolean {
  return answer === 'yes' || answer === 'no' || answer === 'not-applicable';
}

/** The strictest class with its scope; without any, how much was asked, for none found is not safe. */
function outcomeOf(findings: readonly Finding[], asked: string): CodeableConcept {
  const [strongest] = (['absolute', 'relative', 'ask'] as const).flatMap((strength) =>
    findings.filter((one) => one.class === strength),
  );
  if (strongest === undefined) return { text: asked };
  const scopes = findings.filter((one) => one.class === strongest.class).map(({ scope }) => scope);
  const scope = (['session', 'current', 'site'] as const).find((one) => scopes.includes(one));
  const { coding, text } = concept(CLASS_CODE[strongest.class]);
  const where = scope === undefined ? '' : `, ${renderCode(SCOPE_CODE[scope]).toLowerCase()}`;
  return { ...(coding === undefined ? {} : { coding }), text: `${text}${where}` };
}
