// Layer 3: a record as a person reads it. Pure: record in, words out. Knows nothing of FHIR.
// Every member of the one definition can be said in words, so nothing of a record stays unread.
import { moments, painContexts } from '../ims/codes.ts';
import type { General, Group, List, Member, Members } from '../ims/members.ts';
import { type Names, NO_NAMES } from './names.ts';
import { isDuration, isLeaf, phraseOf, sayPart, type Values, withWords } from './phrases.ts';
import { isPlaceAlone } from './places.ts';
import { joined, lowerFirst, sayCode, sayInstant } from './values.ts';

export { saySite } from './places.ts';
export { sayCode, sayLeaf } from './values.ts';

/** Characters a reader takes in as one line; details that make it longer stand under it. */
const LINE = 100;

/** What the reader is told first: why the patient came. */
const FIRST: ReadonlySet<string> = new Set(['episode']);

/**
 * The lines of an object, indented two spaces a level: its own values, remarks on it, then what it
 * consists of. `names` say what keys stand for; without them a key says itself.
 */
export function sayObject(values: Values, members: Members, names: Names = NO_NAMES): string[] {
  return sayParts(values, members, { names, said: new Set() });
}

interface How {
  readonly names: Names;
  /** Members that have been said already. */
  readonly said: ReadonlySet<string>;
}

function sayParts(values: Values, members: Members, { names, said }: How): string[] {
  const { first, own, parts } = orderOf(members);
  const lines = (some: readonly Entry[]) =>
    some.flatMap(([name, member]) =>
      said.has(name) ? [] : sayMember(values, { name, member, names }),
    );
  const notes = sayNotes(values, { names, said: 'text' in members ? withText(said) : said });
  return [...lines(first), ...lines(own), ...notes, ...lines(parts)];
}

type Entry = readonly [name: string, member: Member];

/** Members in the order of reading. Remarks on the object stand between `own` and `parts`. */
interface Order {
  readonly first: readonly Entry[];
  readonly own: readonly Entry[];
  readonly parts: readonly Entry[];
}

const orders = new WeakMap<Members, Order>();

/** The order of reading, worked out once for each kind of object. */
function orderOf(members: Members): Order {
  const known = orders.get(members);
  if (known !== undefined) return known;
  const entries = Object.entries(members);
  const others = entries.filter(([name]) => !FIRST.has(name));
  const part = others.findIndex(([, member]) => !isShort(member));
  const end = part === -1 ? others.length : part;
  const first = entries.filter(([name]) => FIRST.has(name));
  const order = { first, own: others.slice(0, end), parts: others.slice(end) };
  orders.set(members, order);
  return order;
}

/** True for what is said in one line of its own. */
function isShort(member: Member): boolean {
  if (isLeaf(member)) return true;
  return member.kind === 'group' && (isPlaceAlone(member.members) || isDuration(member.members));
}

function withText(said: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...said, 'text']);
}

interface Named {
  readonly name: string;
  readonly member: Member;
  readonly names: Names;
}

function sayMember(values: Values, { name, member, names }: Named): string[] {
  const value = values[name];
  if (member.kind === 'key' || (value === undefined && !isNoted(values, name))) return [];
  if (isLeaf(member) || value === undefined) {
    // A key beside the name of a record is one of that record, and says itself here.
    const isElsewhere = member.kind === 'keyOf' && values.recordId !== undefined;
    const named = sayNamed(value, { name, member, names: isElsewhere ? NO_NAMES : names });
    const text =
      named === undefined ? sayOne(values, name, member) : withWords(values, name, named);
    return text === undefined ? [] : [`${member.label}: ${text}`];
  }
  const written = (values as General).asWritten?.[name];
  const beside = written === undefined ? [] : [`${member.label}: as written "${written}"`];
  const inside =
    member.kind === 'group'
      ? sayGroup(value as Values, member, names)
      : sayList(value as readonly Values[], member, names);
  return [...inside, ...beside];
}

/** True where the chart has words, or a reason, in the place of a value. */
function isNoted({ asWritten, absent }: General, name: string): boolean {
  return asWritten?.[name] !== undefined || absent?.[name] !== undefined;
}

/** Keys by what they stand for, people by their names. */
function sayNamed(value: unknown, { name, member, names }: Named): string | undefined {
  if (value === undefined) return undefined;
  const nameOf = (key: unknown) => lowerFirst(names.items.get(String(key)) ?? String(key));
  if (member.kind === 'keyOf') return nameOf(value);
  if (member.kind === 'keys') return joined((value as unknown[]).map(nameOf));
  const personOf = (id: unknown) => names.people.get(String(id)) ?? String(id);
  if (member.kind === 'ids') return joined((value as unknown[]).map(personOf));
  return member.kind === 'id' && name === 'decidedBy' ? personOf(value) : undefined;
}

/** A group or list that is missing has words and reasons as a leaf has. */
function sayOne(values: Values, name: string, member: Member): string | undefined {
  return isLeaf(member) ? sayPart(values, name, member) : withWords(values, name, undefined);
}

function sayList(entries: readonly Values[], { of, label }: List, names: Names): string[] {
  // What a place is there for ("refers to") stands with the list, not with the place.
  const group = isPlaceAlone(of.members) ? { ...of, label } : of;
  return inReadingOrder(entries).flatMap((entry) => sayGroup(entry, group, names));
}

const ORDERED = [
  ['context', painContexts.codes],
  ['moment', moments.codes],
] as const;

/** Scores of one kind together, before the needling before after it; all else as it stands. */
function inReadingOrder(entries: readonly Values[]): readonly Values[] {
  const place = (entry: Values, [name, codes]: (typeof ORDERED)[number]) =>
    (codes as readonly unknown[]).indexOf(entry[name]);
  return entries.toSorted((a, b) => {
    const [context, moment] = ORDERED.map((by) => place(a, by) - place(b, by));
    return context || sameActivity(a, b) || moment || 0;
  });
}

function sameActivity({ activity: a }: Values, { activity: b }: Values): number {
  const [one, other] = [String(a ?? ''), String(b ?? '')];
  return one < other ? -1 : one > other ? 1 : 0;
}

function sayGroup(value: Values, group: Group, names: Names): string[] {
  const [name, member] = Object.entries(group.members)[0] ?? [];
  const key = member?.kind === 'keyOf' ? value[String(name)] : undefined;
  if (key === undefined) return sayWhole(value, group, { names, said: new Set() });
  // An entry about another item is called by it: "Right infraspinatus: directly at the site".
  const label = names.items.get(String(key)) ?? String(key);
  return sayWhole(value, { ...group, label }, { names, said: new Set([String(name)]) });
}

function sayWhole(value: Values, group: Group, how: How): string[] {
  const { line, said } = phraseOf(value, group);
  const all = new Set([...said, ...how.said]);
  const details = sayParts(value, group.members, { ...how, said: all });
  return said.size === 0 ? underLabel(group, details) : withDetails(line, details);
}

/** A line and its details: behind it where they fit, else under it. */
function withDetails(line: string, details: readonly string[]): string[] {
  if (details.length === 0) return [line];
  const short = `${line} (${details.map(inLine).join('; ')})`;
  const isOpen = !line.endsWith(')');
  return isOpen && fits(short, details) ? [short] : [line, ...indented(details)];
}

/** A label that has no value of its own. */
function underLabel({ label }: Group, details: readonly string[]): string[] {
  const short = `${label}: ${details.map(inLine).join('; ')}`;
  if (details.length === 0) return [label];
  return fits(short, details) ? [short] : [label, ...indented(details)];
}

function fits(short: string, details: readonly string[]): boolean {
  // Indented, of several lines, or with brackets of its own: none of these reads well in brackets.
  const isFlat = details.every((detail) => !/^ |\n|\(/.test(detail));
  return isFlat && short.length <= LINE;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** A detail in the middle of a line: "felt by the patient: yes"; a count needs no label there. */
export function inLine(detail: string): string {
  const [label = '', ...rest] = detail.split(': ');
  if (label === 'How many') return rest.join(': ');
  return [lowerFirst(label), ...rest].join(': ');
}

function sayNotes(values: General & Values, { names, said }: How): string[] {
  const { text, saidBy, saidByText, askedAt, complaintKeys = [], baseline } = values;
  const complaints = complaintKeys.flatMap((key) => names.items.get(key) ?? []);
  const lines = [
    ['Remark', said.has('text') ? undefined : text],
    ['Said by', saidBy === undefined ? undefined : lowerFirst(sayCode(saidBy))],
    ['Said by', saidByText],
    ['Asked at', askedAt === undefined ? undefined : sayInstant(askedAt)],
    ['About', complaints.length === 0 ? undefined : joined(complaints)],
    ['Compared with', baseline === undefined ? undefined : sayBaseline(baseline, names)],
  ];
  return lines.flatMap(([label, words]) => (words === undefined ? [] : [`${label}: ${words}`]));
}

function sayBaseline(baseline: NonNullable<General['baseline']>, { items }: Names): string {
  if (typeof baseline === 'string') return lowerFirst(items.get(baseline) ?? baseline);
  return `${baseline.key} of record ${baseline.recordId}`;
}
