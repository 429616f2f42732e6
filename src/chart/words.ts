// Layer 3: a record as a person reads it. Pure: record in, words out. Knows nothing of FHIR.
// Every member of the one definition can be said in words, so nothing of a record stays unread.
import { moments, painContexts } from '../ims/codes/general.ts';
import type { General, Group, List, Member, Members } from '../ims/schema/members.ts';
import { byName, presentOrNoted } from '../ims/schema/present-members.ts';
import { memoizeWeak } from '../memoize.ts';
import { type Names, NO_NAMES } from './names.ts';
import { isDuration, isLeaf, phraseOf, renderPart, type Values, withWords } from './phrases.ts';
import { isOnlySite } from './places.ts';
import { joined, lowerFirst, renderCode, renderInstant } from './values.ts';

export { renderSite } from './places.ts';
export { renderCode, renderLeaf } from './values.ts';

/** Characters a reader takes in as one line; details that make it longer stand under it. */
const LINE = 100;

/** What the reader is told first: why the patient came. */
const FIRST: ReadonlySet<string> = new Set(['episode']);

/**
 * The lines of an object, indented two spaces a level: its own values, remarks on it, then what it
 * consists of. `names` say what keys stand for, without them a key says itself; what was `said`
 * already is left out.
 */
export function renderObject(
  values: Values,
  members: Members,
  names: Names = NO_NAMES,
  said: ReadonlySet<string> = NOTHING,
): string[] {
  const lines: string[] = [];
  sayParts(lines, values, members, { names, said });
  return lines;
}

const NOTHING: ReadonlySet<string> = new Set();

interface How {
  readonly names: Names;
  /** Members that have been said already. */
  readonly said: ReadonlySet<string>;
}

function sayParts(lines: string[], values: Values, members: Members, { names, said }: How): void {
  const { ordered, parts, hasText } = orderOf(members);
  const withoutText = hasText || said.has('text');
  let isNoted = false;
  for (const { name, member, rank } of presentOrNoted(values, byName(ordered))) {
    if (rank >= parts && !isNoted) {
      sayNotes(lines, values, names, withoutText);
      isNoted = true;
    }
    if (!said.has(name)) sayMember(lines, values, { name, member, names });
  }
  if (!isNoted) sayNotes(lines, values, names, withoutText);
}

/** Members in the order of reading; remarks on the object stand before the `parts`. */
interface Order {
  readonly ordered: Members;
  /** Rank of the first part. */
  readonly parts: number;
  /** True where the text is a member of its own, so that it is no remark. */
  readonly hasText: boolean;
  readonly first: readonly [name: string, member: Member] | undefined;
}

/** The order of reading, by kind of object. */
const orderOf = memoizeWeak((members: Members): Order => {
  const entries = Object.entries(members);
  const first = entries.filter(([name]) => FIRST.has(name));
  const others = entries.filter(([name]) => !FIRST.has(name));
  const part = others.findIndex(([, member]) => !isShort(member));
  return {
    ordered: Object.fromEntries([...first, ...others]),
    parts: first.length + (part === -1 ? others.length : part),
    hasText: 'text' in members,
    first: entries[0],
  };
});

/** True for what is said in one line of its own. */
function isShort(member: Member): boolean {
  if (isLeaf(member)) return true;
  return member.kind === 'group' && (isOnlySite(member.members) || isDuration(member.members));
}

interface Named {
  readonly name: string;
  readonly member: Member;
  readonly names: Names;
}

function sayMember(lines: string[], values: Values, { name, member, names }: Named): void {
  if (member.kind === 'key') return;
  const value = values[name];
  if (isLeaf(member) || value === undefined) {
    // A key beside the name of a record is one of that record, and says itself here.
    const isElsewhere = member.kind === 'keyOf' && values.recordId !== undefined;
    const named = sayNamed(value, { name, member, names: isElsewhere ? NO_NAMES : names });
    const text =
      named === undefined ? sayOne(values, name, member) : withWords(values, name, named);
    if (text !== undefined) lines.push(`${member.label}: ${text}`);
    return;
  }
  if (member.kind === 'group') sayGroup(lines, value as Values, member, names);
  else sayList(lines, value as readonly Values[], member, names);
  const written = (values as General).asWritten?.[name];
  if (written !== undefined) lines.push(`${member.label}: as written "${written}"`);
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
  return isLeaf(member) ? renderPart(values, name, member) : withWords(values, name, undefined);
}

function sayList(
  lines: string[],
  entries: readonly Values[],
  { of, label }: List,
  names: Names,
): void {
  // What a place is there for ("refers to") stands with the list, not with the place.
  const group = isOnlySite(of.members) ? { ...of, label } : of;
  for (const entry of inReadingOrder(entries, of)) sayGroup(lines, entry, group, names);
}

const ORDERED = [
  ['context', painContexts.codes],
  ['moment', moments.codes],
] as const;

/** Scores of one kind together, before the needling before after it; all else as it stands. */
function inReadingOrder(entries: readonly Values[], { members }: Group): readonly Values[] {
  if (entries.length < 2 || !('context' in members || 'moment' in members)) return entries;
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

function sayGroup(lines: string[], value: Values, group: Group, names: Names): void {
  const [name, member] = orderOf(group.members).first ?? [];
  const key = name !== undefined && member?.kind === 'keyOf' ? value[name] : undefined;
  if (key === undefined) sayWhole(lines, value, group, { names, said: NOTHING });
  else {
    // An entry about another item is called by it: "Right infraspinatus: directly at the site".
    const label = names.items.get(String(key)) ?? String(key);
    sayWhole(lines, value, { ...group, label }, { names, said: new Set([String(name)]) });
  }
}

function sayWhole(lines: string[], value: Values, group: Group, { names, said }: How): void {
  const { line, said: inPhrase } = phraseOf(value, group);
  const all = said.size === 0 ? inPhrase : new Set([...inPhrase, ...said]);
  const details: string[] = [];
  sayParts(details, value, group.members, { names, said: all });
  const short = details.length === 0 ? line : inOneLine(line, details, inPhrase.size === 0);
  if (short !== undefined) lines.push(short);
  else {
    lines.push(line);
    for (const detail of details) lines.push(`  ${detail}`);
  }
}

/** Details behind a label, or in brackets behind its value, where they fit. */
function inOneLine(line: string, details: readonly string[], isLabel: boolean): string | undefined {
  // Indented, of several lines, or with brackets of its own: none of these reads well in a line.
  if (!isLabel && line.endsWith(')')) return undefined;
  if (details.some((detail) => /^ |\n|\(/.test(detail))) return undefined;
  const all = details.map(inLine).join('; ');
  const short = isLabel ? `${line}: ${all}` : `${line} (${all})`;
  return short.length <= LINE ? short : undefined;
}

/** A detail in the middle of a line: "felt by the patient: yes"; a count needs no label there. */
export function inLine(detail: string): string {
  const colon = detail.indexOf(': ');
  if (colon < 0) return lowerFirst(detail);
  const label = detail.slice(0, colon);
  return label === 'How many' ? detail.slice(colon + 2) : lowerFirst(label) + detail.slice(colon);
}

function sayNotes(
  lines: string[],
  values: General & Values,
  { items }: Names,
  withoutText: boolean,
): void {
  const { text, saidBy, saidByText, askedAt, complaintKeys, baseline } = values;
  if (text !== undefined && !withoutText) lines.push(`Remark: ${text}`);
  if (saidBy !== undefined) lines.push(`Said by: ${lowerFirst(renderCode(saidBy))}`);
  if (saidByText !== undefined) lines.push(`Said by: ${saidByText}`);
  if (askedAt !== undefined) lines.push(`Asked at: ${renderInstant(askedAt)}`);
  const complaints = complaintKeys?.flatMap((key) => items.get(key) ?? []) ?? [];
  if (complaints.length > 0) lines.push(`About: ${joined(complaints)}`);
  if (baseline !== undefined) lines.push(`Compared with: ${sayBaseline(baseline, items)}`);
}

function sayBaseline(baseline: NonNullable<General['baseline']>, items: Names['items']): string {
  if (typeof baseline === 'string') return lowerFirst(items.get(baseline) ?? baseline);
  return `${baseline.key} of record ${baseline.recordId}`;
}
