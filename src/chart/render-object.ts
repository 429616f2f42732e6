// Any object of the record as indented lines of text, derived from the schema: every member with its
// label, so that no value of a record is left out. Independent of FHIR.
import { moments, painContexts } from '../ims/codes/general.ts';
import type { General, Group, List, Member, Members, ObjectValues } from '../ims/schema/members.ts';
import { byName, presentOrNoted } from '../ims/schema/present-members.ts';
import { memoizeWeak } from '../memoize.ts';
import { isOnlySite } from './body-site.ts';
import { addAsWritten, isDuration, isLeaf, renderFirstLine, renderMember } from './first-line.ts';
import { type Names, NO_NAMES } from './names.ts';
import { joinEntries, lowerFirst, renderCode, renderInstant } from './values.ts';

/** Longest line, in characters, before details move to lines of their own. */
const MAX_LINE = 100;

/** Members shown before all others: why the patient came. */
const LEADING: ReadonlySet<string> = new Set(['episode']);

/**
 * The lines of an object, indented two spaces a level: its single values, the notes on it, then its
 * groups and lists. `names` replace keys and ids; members in `covered` are left out.
 */
export function renderObject(
  values: ObjectValues,
  members: Members,
  names: Names = NO_NAMES,
  covered: ReadonlySet<string> = NONE,
): string[] {
  const lines: string[] = [];
  addMembers(lines, values, members, { names, covered });
  return lines;
}

const NONE: ReadonlySet<string> = new Set();

interface RenderOptions {
  readonly names: Names;
  /** Members that a line above has shown. */
  readonly covered: ReadonlySet<string>;
}

function addMembers(
  lines: string[],
  values: ObjectValues,
  members: Members,
  { names, covered }: RenderOptions,
): void {
  const { ordered, notesRank, hasText } = readingOrder(members);
  const withoutText = hasText || covered.has('text');
  let areNotesAdded = false;
  for (const { name, member, rank } of presentOrNoted(values, byName(ordered))) {
    if (rank >= notesRank && !areNotesAdded) {
      addNotes(lines, values, names, withoutText);
      areNotesAdded = true;
    }
    if (!covered.has(name)) addMember(lines, values, { name, member, names });
  }
  if (!areNotesAdded) addNotes(lines, values, names, withoutText);
}

/** The order in which the members of an object are shown. */
interface ReadingOrder {
  readonly ordered: Members;
  /** Rank of the first group or list; the notes on the object come before it. */
  readonly notesRank: number;
  /** True where `text` is a member of its own and not a note. */
  readonly hasText: boolean;
  readonly first: readonly [name: string, member: Member] | undefined;
}

const readingOrder = memoizeWeak((members: Members): ReadingOrder => {
  const entries = Object.entries(members);
  const leading = entries.filter(([name]) => LEADING.has(name));
  const others = entries.filter(([name]) => !LEADING.has(name));
  const firstLong = others.findIndex(([, member]) => !isOneLine(member));
  return {
    ordered: Object.fromEntries([...leading, ...others]),
    notesRank: leading.length + (firstLong === -1 ? others.length : firstLong),
    hasText: 'text' in members,
    first: entries[0],
  };
});

/** True for a member that always takes one line. */
function isOneLine(member: Member): boolean {
  if (isLeaf(member)) return true;
  return member.kind === 'group' && (isOnlySite(member.members) || isDuration(member.members));
}

interface NamedMember {
  readonly name: string;
  readonly member: Member;
  readonly names: Names;
}

function addMember(
  lines: string[],
  values: ObjectValues,
  { name, member, names }: NamedMember,
): void {
  if (member.kind === 'key') return;
  const value = values[name];
  if (isLeaf(member) || value === undefined) {
    // A key next to a `recordId` refers to another record, whose names are not known.
    const isOfOtherRecord = member.kind === 'keyOf' && values.recordId !== undefined;
    const known = isOfOtherRecord ? NO_NAMES : names;
    const reference = renderReference(value, { name, member, names: known });
    const text =
      reference === undefined
        ? renderOrNote(values, name, member)
        : addAsWritten(values, name, reference);
    if (text !== undefined) lines.push(`${member.label}: ${text}`);
    return;
  }
  if (member.kind === 'group') addGroup(lines, value as ObjectValues, member, names);
  else addList(lines, value as readonly ObjectValues[], member, names);
  const written = (values as General).asWritten?.[name];
  if (written !== undefined) lines.push(`${member.label}: as written "${written}"`);
}

/** A reference to items or people by their names; undefined for any other member. */
function renderReference(value: unknown, { name, member, names }: NamedMember): string | undefined {
  if (value === undefined) return undefined;
  const itemName = (key: unknown) => lowerFirst(names.items.get(String(key)) ?? String(key));
  if (member.kind === 'keyOf') return itemName(value);
  if (member.kind === 'keys') return joinEntries((value as unknown[]).map(itemName));
  const personName = (id: unknown) => names.people.get(String(id)) ?? String(id);
  if (member.kind === 'ids') return joinEntries((value as unknown[]).map(personName));
  return member.kind === 'id' && name === 'decidedBy' ? personName(value) : undefined;
}

/** A leaf, or the chart's wording and the reason for a group or list that is missing. */
function renderOrNote(values: ObjectValues, name: string, member: Member): string | undefined {
  return isLeaf(member)
    ? renderMember(values, name, member)
    : addAsWritten(values, name, undefined);
}

function addList(
  lines: string[],
  entries: readonly ObjectValues[],
  { of, label }: List,
  names: Names,
): void {
  // For a list of sites the label of the list says what the sites are ("Refers to").
  const group = isOnlySite(of.members) ? { ...of, label } : of;
  for (const entry of inReadingOrder(entries, of)) addGroup(lines, entry, group, names);
}

const SORT_KEYS = [
  ['context', painContexts.codes],
  ['moment', moments.codes],
] as const;

/** Scores of one kind together, before needling first; other entries in the order of the record. */
function inReadingOrder(
  entries: readonly ObjectValues[],
  { members }: Group,
): readonly ObjectValues[] {
  if (entries.length < 2 || !('context' in members || 'moment' in members)) return entries;
  const rank = (entry: ObjectValues, [name, codes]: (typeof SORT_KEYS)[number]) =>
    (codes as readonly unknown[]).indexOf(entry[name]);
  return entries.toSorted((a, b) => {
    const [context, moment] = SORT_KEYS.map((sortKey) => rank(a, sortKey) - rank(b, sortKey));
    return context || compareActivity(a, b) || moment || 0;
  });
}

function compareActivity(a: ObjectValues, b: ObjectValues): number {
  const [first, second] = [String(a.activity ?? ''), String(b.activity ?? '')];
  return first < second ? -1 : first > second ? 1 : 0;
}

function addGroup(lines: string[], value: ObjectValues, group: Group, names: Names): void {
  const [name, member] = readingOrder(group.members).first ?? [];
  const key = name !== undefined && member?.kind === 'keyOf' ? value[name] : undefined;
  if (key === undefined) addObject(lines, value, group, { names, covered: NONE });
  else {
    // An entry about another item has the name of that item as its label:
    // "Right infraspinatus: directly at the site".
    const label = names.items.get(String(key)) ?? String(key);
    addObject(lines, value, { ...group, label }, { names, covered: new Set([String(name)]) });
  }
}

function addObject(
  lines: string[],
  value: ObjectValues,
  group: Group,
  { names, covered }: RenderOptions,
): void {
  const firstLine = renderFirstLine(value, group);
  const { line } = firstLine;
  const allCovered =
    covered.size === 0 ? firstLine.covered : new Set([...firstLine.covered, ...covered]);
  const details: string[] = [];
  addMembers(details, value, group.members, { names, covered: allCovered });
  const isLabel = firstLine.covered.size === 0;
  const singleLine = details.length === 0 ? line : inOneLine(line, details, isLabel);
  if (singleLine !== undefined) lines.push(singleLine);
  else {
    lines.push(line);
    for (const detail of details) lines.push(`  ${detail}`);
  }
}

/** Details after a label, or in brackets after a value; undefined where they do not fit. */
function inOneLine(line: string, details: readonly string[], isLabel: boolean): string | undefined {
  // Details with indents, line breaks or brackets are hard to read within one line.
  if (!isLabel && line.endsWith(')')) return undefined;
  if (details.some((detail) => /^ |\n|\(/.test(detail))) return undefined;
  const all = details.map(asDetail).join('; ');
  const singleLine = isLabel ? `${line}: ${all}` : `${line} (${all})`;
  return singleLine.length <= MAX_LINE ? singleLine : undefined;
}

/** A line for use within another: "felt by the patient: yes". A count needs no label there. */
export function asDetail(line: string): string {
  const colon = line.indexOf(': ');
  if (colon < 0) return lowerFirst(line);
  const label = line.slice(0, colon);
  return label === 'How many' ? line.slice(colon + 2) : lowerFirst(label) + line.slice(colon);
}

/** The general members of an object: remark, source of the information, complaint, baseline. */
function addNotes(
  lines: string[],
  values: General & ObjectValues,
  { items }: Names,
  withoutText: boolean,
): void {
  const { text, saidBy, saidByText, askedAt, complaintKeys, baseline } = values;
  if (text !== undefined && !withoutText) lines.push(`Remark: ${text}`);
  if (saidBy !== undefined) lines.push(`Information from: ${lowerFirst(renderCode(saidBy))}`);
  if (saidByText !== undefined) lines.push(`Information from: ${saidByText}`);
  if (askedAt !== undefined) lines.push(`Asked at: ${renderInstant(askedAt)}`);
  const complaints = complaintKeys?.flatMap((key) => items.get(key) ?? []) ?? [];
  if (complaints.length > 0) lines.push(`About: ${joinEntries(complaints)}`);
  if (baseline !== undefined) lines.push(`Compared with: ${renderBaseline(baseline, items)}`);
}

function renderBaseline(baseline: NonNullable<General['baseline']>, items: Names['items']): string {
  if (typeof baseline === 'string') return lowerFirst(items.get(baseline) ?? baseline);
  return `${baseline.key} in record ${baseline.recordId}`;
}
