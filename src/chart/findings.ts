// Screening findings as sentences: class, scope, facts, earliest date and decision.
import type { Finding } from '../ims/records/findings.ts';
import type { General, Group, Members, ObjectValues } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { record as definition } from '../ims/schema/record.ts';
import { memoize, memoizeLast } from '../memoize.ts';
import { renderSite } from './body-site.ts';
import { itemName, type Names, namesOf, personName } from './names.ts';
import { asDetail, renderObject } from './render-object.ts';
import { joinEntries, lowerFirst, renderCode, renderLeaf } from './values.ts';

const CLASS_LABELS = {
  absolute: 'CONTRAINDICATION',
  relative: 'Precaution',
  ask: 'To be decided',
} as const;
const CLASS_ORDER = { absolute: 0, relative: 1, ask: 2 } as const;

const { members: screening } = definition.members.screening;
/** A screening item with its answer, details and decision. */
type AnsweredItem = ObjectValues & General;

/** One line for each finding, contraindications first. */
export function renderFindings(findings: readonly Finding[], record: ImsRecord): string[] {
  return [...findings]
    .sort((a, b) => CLASS_ORDER[a.class] - CLASS_ORDER[b.class] || (a.item < b.item ? -1 : 1))
    .map((finding) => renderFinding(finding, record));
}

// Memoized, because the same finding is shown in narratives, Flags, Observations and the body chart.
const findingLines = memoizeLast((record: ImsRecord) =>
  memoize((finding: Finding) => findingLine(finding, record)),
);

/** A line such as "CONTRAINDICATION, whole session: Pregnancy (yes; status: pregnant). Decided: exclude." */
export function renderFinding(finding: Finding, record: ImsRecord): string {
  return findingLines(record)(finding);
}

function findingLine(finding: Finding, record: ImsRecord): string {
  const { member, earliestDate } = finding;
  const names = namesOf(record);
  const item = answeredItem(member, record);
  const until = earliestDate === undefined ? [] : [`Needling allowed from ${earliestDate}.`];
  const scope = `${CLASS_LABELS[finding.class]}, ${renderScope(finding, names)}`;
  const head = `${scope}: ${findingLabel(finding)}${renderDetails(finding, record)}.`;
  return [head, ...until, ...renderDecision(item, names)].join(' ');
}

/** A screening item in one line: "Autoimmune condition: yes; control: well controlled". */
export function renderScreeningItem(member: keyof typeof screening, record: ImsRecord): string {
  const item = answeredItem(member, record);
  const names = namesOf(record);
  const facts = `${screening[member].label}: ${renderFacts(item, member, names).join('; ')}.`;
  return [facts, ...renderDecision(item, names)].join(' ');
}

/** The banner of a contraindication: "No needling: pregnancy (yes; status: pregnant)". */
export function renderBanner(finding: Finding, record: ImsRecord): string {
  const label = lowerFirst(findingLabel(finding));
  return `${renderProhibition(finding, namesOf(record))}: ${label}${renderDetails(finding, record)}`;
}

/** What a contraindication forbids: "No needling of left multifidus before 2026-06-30". */
function renderProhibition(finding: Finding, names: Names): string {
  const { scope, siteKeys = [], earliestDate } = finding;
  if (scope === 'current') return 'No electrical stimulation';
  const sites = siteKeys.map((key) => itemName(key, names));
  const at = sites.length === 0 ? ' at the site' : ` of ${joinEntries(sites)}`;
  const until = earliestDate === undefined ? '' : ` before ${earliestDate}`;
  return `No needling${scope === 'site' ? at : ''}${until}`;
}

/** Labels of findings that do not come from a screening item. */
const DERIVED_LABELS: Readonly<Record<string, string>> = {
  C35: 'Child',
  C46: 'Vital structure within reach of the needle',
  C63: 'Current would cross a vital region',
};

/** The label of a finding, in most cases the label of its screening item. */
export function findingLabel({ item, member }: Finding): string {
  if (item === 'C07') return screening.surgeryDirect.label;
  if (item === 'C08') return screening.surgeryAdjacent.label;
  return (screening as Record<string, Group>)[member]?.label ?? DERIVED_LABELS[item] ?? item;
}

function answeredItem(member: string, record: ImsRecord): AnsweredItem | undefined {
  return record.screening?.[member as keyof typeof record.screening] as AnsweredItem | undefined;
}

function renderScope({ scope, siteKeys = [] }: Finding, names: Names): string {
  if (scope === 'session') return 'whole session';
  if (scope === 'current') return 'electrical stimulation';
  const sites = siteKeys.map((key) => itemName(key, names));
  return sites.length === 0 ? 'site' : `site ${sites.join(' and ')}`;
}

/** The facts of a finding in brackets; empty for a finding without facts. */
function renderDetails(finding: Finding, record: ImsRecord): string {
  const item = answeredItem(finding.member, record);
  const facts = [
    ...renderFacts(item, finding.member, namesOf(record)),
    ...renderOperations(finding, record),
  ];
  return facts.length === 0 ? '' : ` (${facts.join('; ')})`;
}

/** Members that are shown before the facts (answer, scope) or after them (decision and reason). */
const NOT_FACTS = new Set(['answer', 'rationale', 'decision', 'decidedBy', 'appliesTo']);

/** The definitions of the other members, by screening item. */
const FACT_MEMBERS: ReadonlyMap<string, Members> = new Map(
  Object.entries(screening as Record<string, Group>).map(([item, { members }]) => [
    item,
    Object.fromEntries(Object.entries(members).filter(([name]) => !NOT_FACTS.has(name))),
  ]),
);
const NO_MEMBERS: Members = {};

/** The answer and its details. */
function renderFacts(item: AnsweredItem | undefined, member: string, names: Names): string[] {
  if (item === undefined) return [];
  const answer = typeof item.answer === 'string' ? [lowerFirst(renderCode(item.answer))] : [];
  const written = item.asWritten?.answer;
  const asWritten = written === undefined ? [] : [`as written "${written}"`];
  const lines = renderObject(item, FACT_MEMBERS.get(member) ?? NO_MEMBERS, names);
  return [...answer, ...asWritten, ...lines.map((line) => asDetail(line.trim()))];
}

function renderDecision(item: AnsweredItem | undefined, names: Names): string[] {
  if (item === undefined) return [];
  const { decision, decidedBy, rationale } = item as Record<string, string | undefined>;
  const by = decidedBy === undefined ? '' : ` by ${personName(decidedBy, names)}`;
  return [
    ...(decision === undefined ? [] : [`Decided: ${lowerFirst(renderCode(decision))}${by}.`]),
    ...(rationale === undefined ? [] : [`Reason: ${rationale}`]),
  ];
}

type Operation = NonNullable<
  NonNullable<NonNullable<ImsRecord['screening']>['surgeries']>['surgeries']
>[number];

/** The operations that caused a finding of C07 or C08, which are derived from the list of surgeries. */
function renderOperations({ item, siteKeys = [] }: Finding, record: ImsRecord): string[] {
  if (item !== 'C07' && item !== 'C08') return [];
  const otherRelations: unknown[] = ['remote', item === 'C07' ? 'adjacent-connected' : 'direct'];
  const isCause = ({ relations = [] }: Operation) =>
    siteKeys.length === 0 ||
    relations.some(
      ({ siteKey, relation }) => siteKeys.includes(siteKey) && !otherRelations.includes(relation),
    );
  return (record.screening?.surgeries?.surgeries ?? []).filter(isCause).map(renderOperation);
}

function renderOperation({ procedure, site, date, decision, asWritten, text }: Operation): string {
  const { date: dateMember } = screening.surgeries.members.surgeries.of.members;
  return joinEntries([
    procedure ?? asWritten?.procedure ?? 'operation',
    ...(site === undefined ? [] : [lowerFirst(renderSite(site))]),
    ...(date === undefined ? [] : [renderLeaf(dateMember, date)]),
    ...(decision === undefined ? [] : [`decided: ${lowerFirst(renderCode(decision))}`]),
    ...(text === undefined ? [] : [text]),
  ]);
}
