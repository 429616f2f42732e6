// FSH rules for the content of an extension: nested extensions named after the members of the record,
// with the value types that the mapping writes.
import type { Group, Leaf, Member, Members } from '../../src/ims/schema/members.ts';
import { unitOf } from '../../src/mapping/codec/leaf.ts';
import { valueSetUrl } from './questionnaire.ts';

/** The content of an extension: one member of the record, or several members. */
export type Content = Member | { readonly kind: 'members'; readonly members: Members };

/** The rules for an extension with `content`. */
export function contentRules(content: Content): string[] {
  if (content.kind === 'members') return membersRules('', content.members, false);
  if (content.kind === 'number' || content.kind === 'date') {
    // It would need a value or nested extensions at the top level, which SUSHI cannot express.
    throw new Error(
      `"${content.label}": a number or date must be in a group to become an extension.`,
    );
  }
  return memberRules('', content);
}

/** Rules for one member. `path` ends with a dot, or is empty for the extension itself. */
function memberRules(path: string, member: Member): string[] {
  if (member.kind === 'group') return groupRules(path, member);
  if (member.kind === 'list') return groupRules(path, member.of);
  if (member.kind === 'local') return localRules(path);
  if (member.kind === 'number') return valueOrNested(path, { low: member, high: member }, member);
  if (member.kind === 'date') {
    const nested = { dateText: TEXT, date: member, latestDate: member };
    return valueOrNested(path, nested, member);
  }
  return valueRules(path, member);
}

function groupRules(path: string, { members, general }: Group): string[] {
  return membersRules(path, members, general);
}

function membersRules(path: string, members: Members, general: boolean): string[] {
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
 * Rules for an extension that has either a value or nested extensions, for a range or for a date with
 * text. After a rule on `value[x]`, SUSHI forbids nested extensions, and after a rule on these it forbids
 * `value[x]`, unless a rule on a child of the other one comes between. This is why the rules have this
 * order, and why there are rules on `id` and `extension`, which otherwise have no effect.
 */
function valueOrNested(path: string, nested: Record<string, Simple>, leaf: Simple): string[] {
  const names = Object.keys(nested);
  return [
    `* ${path}extension contains`,
    ...names.map((name, index) => `    ${name} 0..1${index < names.length - 1 ? ' and' : ''}`),
    ...Object.entries(nested).flatMap(([name, inner]) =>
      valueRules(`${path}extension[${name}].`, inner),
    ),
    `* ${path}${elementOf(leaf)}.id 0..0`,
    ...valueRules(path, leaf),
    ...names.map((name) => `* ${path}extension[${name}].extension 0..0`),
  ];
}

type Simple = Exclude<Leaf, { kind: 'local' }> | typeof TEXT;

/** The text of a date. */
const TEXT = { kind: 'text' } as const;

/** The member of `value[x]` for a leaf: `valueQuantity`. */
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
