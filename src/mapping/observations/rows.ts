// Members of the record as Observations: a row says which member answers which question, and what of
// the same object stands beside the value. A sign to be searched for is one row, here read once.
import type { Coding, ObservationComponent } from '@medplum/fhirtypes';
import type { Names } from '../../chart/names.ts';
import { renderPart, withWords } from '../../chart/phrases.ts';
import { renderAmount } from '../../chart/values.ts';
import { renderCode, renderObject } from '../../chart/words.ts';
import { answers, grades } from '../../ims/codes/general.ts';
import { graspGrades } from '../../ims/codes/session.ts';
import type { Group, Leaf, Member, Members } from '../../ims/schema/members.ts';
import { findingCoding, ownConcept } from '../../terminology/concepts.ts';
import type { Part } from '../identity.ts';
import { component, componentsOf } from './components.ts';
import type { ObservationDraft } from './observation.ts';
import { type Holder, memberValue, missingValue, notSaidValue, type Value } from './value.ts';

/** Codes of components, by the member that each holds. */
export type Components = Readonly<Record<string, string>>;

/** One question to be searched. */
export interface Row {
  readonly part: Part;
  /** The question: Observation.code. */
  readonly code: string;
  /** The member that holds the value: `sweating`, or `tenderness.grade` inside a group. */
  readonly member: string;
  /** A member of the same object that is the value where `member` is silent. */
  readonly instead?: string;
  /** Findings of the same object: charted alone they make the Observation too. */
  readonly beside?: Components;
  /** What the finding is about: a side, a movement. Alone it finds nothing. */
  readonly about?: Components;
}

/** A row with what the definition says of its members. */
export interface Question extends Row {
  /** Member of the object that holds the value's group; undefined where the value is the object's own. */
  readonly within: string | undefined;
  readonly name: string;
  readonly members: Members;
  /** What a reader is told beside the value. */
  readonly others: Members;
  /** True where the group answers this question and no other. */
  readonly isAlone: boolean;
}

/** What all Observations of one object have in common. */
export type SharedParts = Pick<ObservationDraft, 'key' | 'profile' | 'category'> &
  Partial<
    Omit<
      ObservationDraft,
      'part' | 'key' | 'category' | 'value' | 'keys' | 'baseline' | 'complaintKeys'
    >
  > & {
    /** What the keys of the record stand for, in words. */
    readonly names: Names;
    /** What the question is called, where its code alone does not say. */
    readonly label?: string;
    /** What tells it from others of the same name: ", abduction". */
    readonly qualifier?: string;
    /** Members that a reader is told in another way: with the place, in the label. */
    readonly said?: readonly string[];
  };

/**
 * Rows of objects that hold many things, such as a site: a value of their own is told alone, one in a
 * group with the rest of its group. Throws where a row names no member.
 */
export function questionsOf(group: Group, rows: readonly Row[]): readonly Question[] {
  return rows.map((row) => {
    const [first = '', second] = row.member.split('.');
    if (second === undefined) return questionOf(row, { group, name: first, others: {} });
    const inner = groupIn(group, first);
    const asked = rows.filter(({ member }) => member.startsWith(`${first}.`)).map(lastName);
    const others = withoutNames(inner.members, asked);
    const isAlone = asked.length === 1;
    return { ...questionOf(row, { group: inner, name: second, others }), within: first, isAlone };
  });
}

/** Rows of objects that are about one thing, such as a movement: each tells the whole object. */
export function itemQuestionsOf(group: Group, rows: readonly Row[]): readonly Question[] {
  const others = withoutNames(
    group.members,
    rows.map(({ member }) => member),
  );
  return rows.map((row) => questionOf(row, { group, name: row.member, others }));
}

interface Asked {
  readonly group: Group;
  readonly name: string;
  readonly others: Members;
}

function questionOf(row: Row, { group: { members }, name, others }: Asked): Question {
  if (members[name] === undefined) throw new TypeError(`no member ${row.member}`);
  return { ...row, within: undefined, name, members, others, isAlone: false };
}

function groupIn({ members }: Group, name: string): Group {
  const member: Member | undefined = members[name];
  if (member?.kind !== 'group') throw new TypeError(`no group ${name}`);
  return member;
}

function lastName({ member }: Row): string {
  return member.split('.').at(-1) ?? member;
}

function withoutNames(members: Members, names: readonly string[]): Members {
  const kept = Object.entries(members).filter(
    ([name, { kind }]) => kind !== 'key' && !names.includes(name),
  );
  return Object.fromEntries(kept);
}

/** The Observations of one object: none for a question about which it is silent. */
export function draftsOf(
  questions: readonly Question[],
  object: Holder,
  shared: SharedParts,
): ObservationDraft[] {
  const signs: ObservationDraft[] = [];
  for (const question of questions) {
    const { within } = question;
    const holder = within === undefined ? object : (object[within] as Holder | undefined);
    if (holder === undefined) {
      if (within !== undefined && isNoted(object)) {
        signs.push(...wholeMissing(question, object, { ...shared, within }));
      }
    } else if (speaks(question, holder)) signs.push(...signOf(question, holder, shared));
  }
  return signs;
}

/** False for an object that has nothing of a question: no value, no words and no reasons. */
function speaks({ name, instead, beside = {} }: Question, holder: Holder): boolean {
  if (holder[name] !== undefined || isNoted(holder)) return true;
  if (instead !== undefined && holder[instead] !== undefined) return true;
  for (const other in beside) if (holder[other] !== undefined) return true;
  return false;
}

function isNoted({ asWritten, absent }: Holder): boolean {
  return asWritten !== undefined || absent !== undefined;
}

function signOf(question: Question, holder: Holder, from: SharedParts): ObservationDraft[] {
  const { said = [], names, label = renderCode(question.code), qualifier = '', ...shared } = from;
  const { part, code, about = {}, beside = {}, members } = question;
  const main = mainOf(question, holder);
  const { [main.name]: _, ...found } = beside;
  const findings = componentsOf(holder, members, found);
  const value = main.value ?? (findings.length > 0 ? notSaidValue() : undefined);
  if (value === undefined) return [];
  const components = [
    ...findingComponents(question, holder),
    ...(shared.components ?? []),
    ...componentsOf(holder, members, about).filter(isCoded),
    ...findings,
  ];
  return [
    {
      part,
      code: ownConcept(code),
      says: [
        `${label}${qualifier}: ${main.words ?? 'not said'}`,
        ...sayOthers(question, holder, { names, said: [main.name, ...said] }),
      ].join('\n'),
      ...shared,
      value,
      components,
      keys: [shared.key, holder.key].filter((name) => typeof name === 'string'),
      ...(holder.baseline === undefined ? {} : { baseline: holder.baseline }),
      ...(holder.complaintKeys === undefined ? {} : { complaintKeys: holder.complaintKeys }),
    },
  ];
}

interface Main {
  readonly name: string;
  readonly value: Value | undefined;
  readonly words: string | undefined;
}

/** The value: of the row's own member, else of the one that may stand in for it. */
function mainOf({ name, instead, members }: Question, holder: Holder): Main {
  const own = readMain(name, holder, members);
  if (own.value !== undefined || instead === undefined) return own;
  const other = readMain(instead, holder, members);
  return other.value === undefined ? own : other;
}

function readMain(name: string, holder: Holder, members: Members): Main {
  const leaf = members[name] as Leaf;
  return { name, value: memberValue(holder, name, leaf), words: sayMain(name, holder, leaf) };
}

function sayMain(name: string, holder: Holder, leaf: Leaf): string | undefined {
  const { [name]: value, unit } = holder;
  const hasOwnUnit = leaf.kind === 'number' && leaf.unit === undefined && value !== undefined;
  if (!hasOwnUnit || typeof unit !== 'string') return renderPart(holder, name, leaf);
  // Points of a questionnaire are not points of ten.
  const amount =
    unit === '{score}' ? `${renderAmount(value, undefined)} points` : renderAmount(value, unit);
  return withWords(holder, name, amount);
}

/** Everything else of the object; a unit of its own is said with its number. */
function sayOthers(
  { others }: Question,
  holder: Holder,
  { names, said }: { names: Names; said: readonly string[] },
): string[] {
  const { value } = others;
  const isAmount =
    value?.kind === 'number' && holder.value !== undefined && !said.includes('value');
  const amount = isAmount ? [`${value.label}: ${sayMain('value', holder, value)}`] : [];
  const without = new Set([...said, 'value', 'unit']);
  for (const name in others) {
    if (without.has(name)) continue;
    const lines = renderObject(holder, others, names, without);
    return [...amount, ...lines.map((line) => line.trim())];
  }
  return amount;
}

/** Components of context are bound to value sets: words alone stand in the narrative. */
function isCoded({ valueCodeableConcept, ...rest }: ObservationComponent): boolean {
  return valueCodeableConcept === undefined
    ? Object.keys(rest).some((name) => name.startsWith('value'))
    : valueCodeableConcept.coding !== undefined;
}

/** A group that the chart passes over in a word or a reason. Words for several questions are split by nobody. */
function wholeMissing(
  { part, code, isAlone }: Question,
  object: Holder,
  {
    within,
    said: _,
    names: __,
    label = renderCode(code),
    qualifier = '',
    ...shared
  }: SharedParts & { within: string },
): ObservationDraft[] {
  const value = missingValue(object, within);
  if (value === undefined || (!isAlone && value.dataAbsentReason === undefined)) return [];
  const says = `${label}${qualifier}: ${withWords(object, within, undefined)}`;
  return [{ part, code: ownConcept(code), value, says, ...shared }];
}

const GRADED: ReadonlySet<string> = new Set([grades.name, graspGrades.name]);

/** What SNOMED CT calls the fact, only where the value says that it is there. */
function findingComponents(
  { code, name, members }: Question,
  holder: Holder,
): ObservationComponent[] {
  const found = findingOf(code, members[name], holder[name]);
  return found === undefined
    ? []
    : [component('finding', { valueCodeableConcept: { coding: [found] } })];
}

function findingOf(code: string, leaf: Member | undefined, value: unknown): Coding | undefined {
  if (leaf?.kind !== 'code' || typeof value !== 'string') return undefined;
  if (leaf.set.name === answers.name) return value === 'yes' ? findingCoding(code) : undefined;
  if (GRADED.has(leaf.set.name)) {
    return value === 'absent' || value === 'not-tested' ? undefined : findingCoding(code);
  }
  return findingCoding(code, value);
}
