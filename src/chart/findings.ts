// Findings in words, the first thing a clinician must see: what, how strong, where, until when.
import type { Finding } from '../ims/records/findings.ts';
import type { General, Group, Members } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { record as definition } from '../ims/schema/record.ts';
import { memoize, memoizeLast } from '../memoize.ts';
import { type Names, namesOf } from './names.ts';
import type { Values } from './phrases.ts';
import { renderSite } from './places.ts';
import { joined, lowerFirst, renderCode, renderLeaf } from './values.ts';
import { inLine, renderObject } from './words.ts';

const CLASS = {
  absolute: 'CONTRAINDICATION',
  relative: 'Precaution',
  ask: 'To be decided',
} as const;
const ORDER = { absolute: 0, relative: 1, ask: 2 } as const;

const { members: screening } = definition.members.screening;
type Item = Values & General;

/** One line a finding, contraindications first. */
export function renderFindings(findings: readonly Finding[], record: ImsRecord): string[] {
  return [...findings]
    .sort((a, b) => ORDER[a.class] - ORDER[b.class] || (a.item < b.item ? -1 : 1))
    .map((finding) => renderFinding(finding, record));
}

const saidOf = memoizeLast((record: ImsRecord) =>
  memoize((finding: Finding) => sayAnew(finding, record)),
);

/** "CONTRAINDICATION, whole session: Pregnancy (yes; status: pregnant). Decided: exclude." */
export function renderFinding(finding: Finding, record: ImsRecord): string {
  // Narratives, Flag, Observation and body chart all show it.
  return saidOf(record)(finding);
}

function sayAnew(finding: Finding, record: ImsRecord): string {
  const { member, earliestDate } = finding;
  const names = namesOf(record);
  const item = record.screening?.[member as keyof typeof screening] as Item | undefined;
  const facts = [...sayFacts(item, member, names), ...sayOperations(finding, record)];
  const details = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  const until = earliestDate === undefined ? [] : [`Needling allowed from ${earliestDate}.`];
  const head = `${CLASS[finding.class]}, ${sayScope(finding, names)}: ${labelOf(finding)}${details}.`;
  return [head, ...until, ...sayDecision(item, names)].join(' ');
}

/** An item in one line, whatever it found: "Autoimmune condition: yes; control: well controlled". */
export function renderScreeningItem(member: keyof typeof screening, record: ImsRecord): string {
  const item = record.screening?.[member as keyof typeof record.screening] as Item | undefined;
  const names = namesOf(record);
  const facts = sayFacts(item, member, names);
  return [`${screening[member].label}: ${facts.join('; ')}.`, ...sayDecision(item, names)].join(
    ' ',
  );
}

/** A contraindication as a banner, what it bars first: "No needling: pregnancy (yes; status: pregnant)". */
export function renderBanner(finding: Finding, record: ImsRecord): string {
  const { member } = finding;
  const names = namesOf(record);
  const item = record.screening?.[member as keyof typeof screening] as Item | undefined;
  const facts = [...sayFacts(item, member, names), ...sayOperations(finding, record)];
  const details = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  return `${sayBarred(finding, names)}: ${lowerFirst(labelOf(finding))}${details}`;
}

function sayBarred({ scope, siteKeys = [], earliestDate }: Finding, { items }: Names): string {
  if (scope === 'current') return 'No electrical stimulation';
  const places = siteKeys.map((key) => lowerFirst(items.get(key) ?? key));
  const where = places.length === 0 ? 'at the site' : `of ${joined(places)}`;
  const until = earliestDate === undefined ? '' : ` before ${earliestDate}`;
  return `No needling${scope === 'site' ? ` ${where}` : ''}${until}`;
}

/** Findings that come from no screening item. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
  C35: 'Child',
  C46: 'Vital structure in reach of the needle',
  C63: 'Current would cross a vital region',
};

/** What a finding is called: the label of its screening item. */
export function labelOf({ item, member }: Finding): string {
  if (item === 'C07') return screening.surgeryDirect.label;
  if (item === 'C08') return screening.surgeryAdjacent.label;
  return (screening as Record<string, Group>)[member]?.label ?? OTHER_LABELS[item] ?? item;
}

function sayScope({ scope, siteKeys = [] }: Finding, { items }: Names): string {
  if (scope === 'session') return 'whole session';
  if (scope === 'current') return 'electrical stimulation';
  const places = siteKeys.map((key) => lowerFirst(items.get(key) ?? key));
  return places.length === 0 ? 'site' : `site ${places.join(' and ')}`;
}

/** Said behind the facts, in this order. */
const DECIDING = new Set(['answer', 'rationale', 'decision', 'decidedBy', 'appliesTo']);

/** Of each screening item the members that are facts. */
const FACTS: ReadonlyMap<string, Members> = new Map(
  Object.entries(screening as Record<string, Group>).map(([item, { members }]) => [
    item,
    Object.fromEntries(Object.entries(members).filter(([name]) => !DECIDING.has(name))),
  ]),
);
const NO_FACTS: Members = {};

/** The answer and everything charted with it. */
function sayFacts(item: Item | undefined, member: string, names: Names): string[] {
  if (item === undefined) return [];
  const answer = typeof item.answer === 'string' ? [lowerFirst(renderCode(item.answer))] : [];
  const written = item.asWritten?.answer;
  const words = written === undefined ? [] : [`as written "${written}"`];
  const lines = renderObject(item, FACTS.get(member) ?? NO_FACTS, names);
  return [...answer, ...words, ...lines.map((line) => inLine(line.trim()))];
}

function sayDecision(item: Item | undefined, names: Names): string[] {
  if (item === undefined) return [];
  const { decision, decidedBy, rationale } = item as Record<string, string | undefined>;
  const by = decidedBy === undefined ? '' : ` by ${names.people.get(decidedBy) ?? decidedBy}`;
  const decided = decision === undefined ? [] : [`${lowerFirst(renderCode(decision))}${by}`];
  return [
    ...decided.map((words) => `Decided: ${words}.`),
    ...(rationale === undefined ? [] : [`Because: ${rationale}`]),
  ];
}

type Operation = NonNullable<
  NonNullable<NonNullable<ImsRecord['screening']>['surgeries']>['surgeries']
>[number];

/** C07 and C08 are read off the operations, so the finding names those it comes from. */
function sayOperations({ item, siteKeys = [] }: Finding, record: ImsRecord): string[] {
  if (item !== 'C07' && item !== 'C08') return [];
  const far = item === 'C07' ? 'adjacent-connected' : 'direct';
  const bars = ({ relations = [] }: Operation) =>
    siteKeys.length === 0 ||
    relations.some(
      ({ siteKey, relation }) =>
        siteKeys.includes(siteKey) && relation !== far && relation !== 'remote',
    );
  return (record.screening?.surgeries?.surgeries ?? []).filter(bars).map(sayOperation);
}

function sayOperation({ procedure, site, date, decision, asWritten, text }: Operation): string {
  const { date: when } = screening.surgeries.members.surgeries.of.members;
  return joined([
    procedure ?? asWritten?.procedure ?? 'operation',
    ...(site === undefined ? [] : [lowerFirst(renderSite(site))]),
    ...(date === undefined ? [] : [renderLeaf(when, date)]),
    ...(decision === undefined ? [] : [`decided: ${lowerFirst(renderCode(decision))}`]),
    ...(text === undefined ? [] : [text]),
  ]);
}
