// FSH rules for the content of an extension: nested parts named after members, and the value types
// that the mapping writes.
import type { Group, Leaf, Member, Members } from '../../src/ims/schema/members.ts';
import { unitOf } from '../../src/mapping/codec/leaf.ts';
import { valueSetUrl } from './questionnaire.ts';

/** What an extension holds: a member of the record, or parts that stand together. */
export type Content = Member | { readonly kind: 'parts'; readonly members: Members };

/** The rules for an extension that holds `content`. */
export function contentRules(content: Content): string[] {
  if (content.kind === 'parts') return partsRules('', content.members, false);
  if (content.kind === 'number' || content.kind === 'date') {
    // Would need value and parts beside each other at the top, which SUSHI cannot express.
    throw new Error(
      `"${content.label}": put a number or date into a group to make it an extension.`,
    );
  }
  return memberRules('', content);
}

/** Rules for one member; `path` ends with a dot, or is empty for the extension itself. */
function memberRules(path: string, member: Member): string[] {
  if (member.kind === 'group') return groupRules(path, member);
  if (member.kind === 'list') return groupRules(path, member.of);
  if (member.kind === 'local') return localRules(path);
  if (member.kind === 'number') return valueOrParts(path, { low: member, high: member }, member);
  if (member.kind === 'date') {
    const parts = { dateText: WORDS, date: member, latestDate: member };
    return valueOrParts(path, parts, member);
  }
  return valueRules(path, member);
}

function groupRules(path: string, { members, general }: Group): string[] {
  return partsRules(path, members, general);
}

function partsRules(path: string, members: Members, general: boolean): string[] {
  const names = Object.entries(members).map(
    ([name, member]) =>
      `${name} ${member.need === 'required' ? 1 : 0}..${isMany(member) ? '*' : 1}`,
  );
  const notes = general ? ['ImsNotes named ims-notes 0..1'] : [];
  return [
    `* ${path}extension contains`,
    ...[...names, ...notes].map((name, index, all) =>
      index < all.length - 1 ? `    ${name} and` : `    ${name}`,
    ),
    ...Object.entries(members).flatMap(([name, member]) => [
      `* ${path}extension[${name}] ^short = ${JSON.stringify(shortOf(member))}`,
      ...memberRules(`${path}extension[${name}].`, member),
    ]),
  ];
}

function isMany({ kind }: Member): boolean {
  return kind === 'list' || kind === 'codes' || kind === 'keys' || kind === 'ids';
}

function shortOf({ label, id }: Member): string {
  return id === undefined ? label : `${label} (${id})`;
}

function localRules(path: string): string[] {
  return [
    `* ${path}extension contains`,
    '    name 1..1 and',
    '    value 1..1',
    `* ${path}extension[name].value[x] only uri`,
    `* ${path}extension[value].value[x] only string or decimal or boolean`,
  ];
}

/**
 * One value, or parts in its place: a range, a date with words. SUSHI forbids the parts where a value
 * stands and the value where parts stand, unless a rule inside the other one comes between; hence
 * the rules about `id` and `extension`, which take nothing away, and the order.
 */
function valueOrParts(path: string, parts: Record<string, Simple>, leaf: Simple): string[] {
  const names = Object.keys(parts);
  return [
    `* ${path}extension contains`,
    ...names.map((name, index) => `    ${name} 0..1${index < names.length - 1 ? ' and' : ''}`),
    ...Object.entries(parts).flatMap(([name, part]) =>
      valueRules(`${path}extension[${name}].`, part),
    ),
    `* ${path}${elementOf(leaf)}.id 0..0`,
    ...valueRules(path, leaf),
    ...names.map((name) => `* ${path}extension[${name}].extension 0..0`),
  ];
}

type Simple = Exclude<Leaf, { kind: 'local' }> | typeof WORDS;

/** The words of a date. */
const WORDS = { kind: 'text' } as const;

/** The element of `value[x]` that holds a leaf: `valueQuantity`. */
function elementOf(leaf: Simple): string {
  const type = typeOf(leaf);
  return `value${type[0]?.toUpperCase()}${type.slice(1)}`;
}

function valueRules(path: string, leaf: Simple): string[] {
  const type = `* ${path}value[x] only ${typeOf(leaf)}`;
  if (leaf.kind === 'code' || leaf.kind === 'codes') {
    return [type, `* ${path}value[x] from ${valueSetUrl(leaf.set)} (required)`];
  }
  const unit = leaf.kind === 'number' ? unitOf(leaf) : undefined;
  return unit === undefined ? [type] : [type, `* ${path}${elementOf(leaf)} = '${unit}'`];
}

/** The type that the mapping writes for a leaf. */
function typeOf(leaf: Simple): string {
  switch (leaf.kind) {
    case 'code':
    case 'codes':
      return 'Coding';
    case 'number':
      return unitOf(leaf) === undefined ? 'decimal' : 'Quantity';
    case 'count':
      return 'integer';
    case 'instant':
      return 'dateTime';
    case 'date':
    case 'day':
      return 'date';
    case 'uri':
      return 'uri';
    default:
      return 'string';
  }
}
