// Renders any object of a record as indented lines of text. The lines follow the schema, which gives
// each member a label, so that no value of a record is left out. Independent of FHIR.
import { needlingMoments, painContexts } from '../ims/codes/general.ts';
import type { General, Group, List, Member, Members, ObjectValues } from '../ims/schema/members.ts';
import { byName, presentOrNoted } from '../ims/schema/present-members.ts';
import { memoizeWeak } from '../memoize.ts';
import { isOnlySite } from './body-site.ts';
import { addAsWritten, isDuration, isLeaf, renderFirstLine, renderMember } from './first-line.ts';
import { itemName, type Names, NO_NAMES, personName } from './names.ts';
import { joinEntries, lowerFirst, renderCode, renderInstant } from './values.ts';

/** Maximum length of a line with details, in characters; longer details are written below it. */
const MAX_LINE = 100;

/** Members that are shown first: an episode contains the reason for the visit. */
const LEADING_MEMBERS: ReadonlySet<string> = new Set(['episode']);

/**
 * The lines of an object, each level indented by two spaces: its single values, its general members,
 * then its groups and lists. `names` replace keys and ids; members in `covered` are left out.
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
  /** Members that the line above already shows. */
  readonly covered: ReadonlySet<string>;
}

function addMembers(
  lines: string[],
  values: ObjectValues,
  members: Members,
  { names, covered }: RenderOptions,
): void {
  const { ordered, generalRank, hasTextMember } = readingOrder(members);
  const withoutText = hasTextMember || covered.has('text');
  let areGeneralAdded = false;
  for (const { name, member, rank } of presentOrNoted(values, byName(ordered))) {
    if (rank >= generalRank && !areGeneralAdded) {
      addGeneralMembers(lines, values, names, withoutText);
      areGeneralAdded = true;
    }
    if (!covered.has(name)) addMember(lines, values, { name, member, names });
  }
  if (!areGeneralAdded) addGeneralMembers(lines, values, names, withoutText);
}

/** The order in which the members of an object are shown. */
interface ReadingOrder {
  readonly ordered: Members;
  /** Rank of the first group or list; the general members come before it. */
  readonly generalRank: number;
  /** True where `text` is declared in the schema and not the general remark. */
  readonly hasTextMember: boolean;
  readonly first: readonly [name: string, member: Member] | undefined;
}

const readingOrder = memoizeWeak((members: Members): ReadingOrder => {
  const entries = Object.entries(members);
  const leading = entries.filter(([name]) => LEADING_MEMBERS.has(name));
  const others = entries.filter(([name]) => !LEADING_MEMBERS.has(name));
  const firstLongIndex = others.findIndex(([, member]) => !isOneLine(member));
  return {
    ordered: Object.fromEntries([...leading, ...others]),
    generalRank: leading.length + (firstLongIndex === -1 ? others.length : firstLongIndex),
    hasTextMember: 'text' in members,
    first: entries[0],
  };
});

/** True for a member that never needs more than one line. */
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
    const text = renderText(values, { name, member, names });
    if (text !== undefined) lines.push(`${member.label}: ${text}`);
    return;
  }
  if (member.kind === 'group') addGroup(lines, value as ObjectValues, member, names);
  else addList(lines, value as readonly ObjectValues[], member, names);
  const written = (values as General).asWritten?.[name];
  if (written !== undefined) lines.push(`${member.label}: as written "${written}"`);
}

/** A leaf or reference as text; for a missing member, the chart's wording and the reason. */
function renderText(
  values: ObjectValues,
  { name, member, names }: NamedMember,
): string | undefined {
  // A key next to a `recordId` refers to another record, whose names are not known.
  const isOfOtherRecord = member.kind === 'keyOf' && values.recordId !== undefined;
  const knownNames = isOfOtherRecord ? NO_NAMES : names;
  const reference = renderReference(values[name], { name, member, names: knownNames });
  if (reference === undefined && isLeaf(member)) return renderMember(values, name, member);
  return addAsWritten(values, name, reference);
}

/** The names of the items or people that a member refers to; undefined for other kinds of members. */
function renderReference(value: unknown, { name, member, names }: NamedMember): string | undefined {
  if (value === undefined) return undefined;
  const nameOfItem = (key: unknown) => itemName(String(key), names);
  const nameOfPerson = (id: unknown) => personName(String(id), names);
  if (member.kind === 'keyOf') return nameOfItem(value);
  if (member.kind === 'keys') return joinEntries((value as unknown[]).map(nameOfItem));
  if (member.kind === 'ids') return joinEntries((value as unknown[]).map(nameOfPerson));
  return member.kind === 'id' && name === 'decidedBy' ? nameOfPerson(value) : undefined;
}

function addList(
  lines: string[],
  entries: readonly ObjectValues[],
  { of, label }: List,
  names: Names,
): void {
  // For a list of sites the label of the list says what the sites are ("Refers to").
  const group = isOnlySite(of.members) ? { ...of, label } : of;
  for (const entry of sortScores(entries, of)) addGroup(lines, entry, group, names);
}

const SORT_KEYS = [
  ['context', painContexts.codes],
  ['moment', needlingMoments.codes],
] as const;

/** Sorts scores by kind, activity and moment; lists of other entries keep their order. */
function sortScores(entries: readonly ObjectValues[], { members }: Group): readonly ObjectValues[] {
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
    // An entry about another item is labelled with the name of that item:
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
  const singleLine = details.length === 0 ? line : joinIfShort(line, details, isLabel);
  if (singleLine !== undefined) lines.push(singleLine);
  else {
    lines.push(line);
    for (const detail of details) lines.push(`  ${detail}`);
  }
}

/** A line with its details, in brackets if the line has a value; undefined if that is too long. */
function joinIfShort(
  line: string,
  details: readonly string[],
  isLabel: boolean,
): string | undefined {
  // Details with indents, line breaks or brackets are hard to read within one line.
  if (!isLabel && line.endsWith(')')) return undefined;
  if (details.some((detail) => /^ |\n|\(/.test(detail))) return undefined;
  const all = details.map(asDetail).join('; ');
  const singleLine = isLabel ? `${line}: ${all}` : `${line} (${all})`;
  return singleLine.length <= MAX_LINE ? singleLine : undefined;
}

/** A line as part of another line: "felt by the patient: yes". The label "How many" is omitted. */
export function asDetail(line: string): string {
  const colon = line.indexOf(': ');
  if (colon < 0) return lowerFirst(line);
  const label = line.slice(0, colon);
  return label === 'How many' ? line.slice(colon + 2) : lowerFirst(label) + line.slice(colon);
}

/** Adds the general members of an object: remark, source of the information, complaint, baseline. */
function addGeneralMembers(
  lines: string[],
  values: General & ObjectValues,
  names: Names,
  withoutText: boolean,
): void {
  const { text, saidBy, saidByText, askedAt, complaintKeys, baseline } = values;
  if (text !== undefined && !withoutText) lines.push(`Remark: ${text}`);
  if (saidBy !== undefined) lines.push(`Information from: ${lowerFirst(renderCode(saidBy))}`);
  if (saidByText !== undefined) lines.push(`Information from: ${saidByText}`);
  if (askedAt !== undefined) lines.push(`Asked at: ${renderInstant(askedAt)}`);
  const complaints = complaintKeys?.flatMap((key) => names.items.get(key) ?? []) ?? [];
  if (complaints.length > 0) lines.push(`About: ${joinEntries(complaints)}`);
  if (baseline !== undefined) lines.push(`Compared with: ${renderBaseline(baseline, names)}`);
}

function renderBaseline(baseline: NonNullable<General['baseline']>, names: Names): string {
  if (typeof baseline === 'string') return itemName(baseline, names);
  return `${baseline.key} in record ${baseline.recordId}`;
}
