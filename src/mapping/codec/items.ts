// The items of a form, compiled once from the members of the record. The Questionnaire is generated from
// them, and responses are written and read by them; no list of items is maintained by hand.
import { text as textMember } from '../../ims/schema/build.ts';
import type { Leaf, Member, Members } from '../../ims/schema/members.ts';
import type { ByName } from '../../ims/schema/present-members.ts';
import type { Form } from './forms.ts';

/** One item: a member of an object, or the remark on the object (its `text`). */
export interface Item {
  readonly linkId: string;
  readonly label: string;
  /** Name of the member in its object; `text` for a remark. */
  readonly name: string;
  readonly member: Member | undefined;
  readonly children: readonly Item[];
  /** Its position among the items of its object. */
  readonly rank: number;
  readonly byName: ByName<Item>;
  /** Children by linkId; the ends of a range find the item of the number. */
  readonly byLinkId: ReadonlyMap<string, Item>;
  /** What an answer contains; undefined for an item that groups others. */
  readonly leaf: Leaf | undefined;
}

/** The ends of a range are separate items next to the item of the number. */
export const RANGE_ENDS = ['low', 'high'] as const;

const compiled = new Map<Form, Item>();

/** The root of a form: an item without linkId whose children are the form's items. */
export function itemsOf(form: Form): Item {
  const cached = compiled.get(form);
  if (cached !== undefined) return cached;
  const children = compile(form.members, '', true);
  const root = { linkId: '', label: form.title, name: '', member: undefined, rank: 0 };
  const indexed = withIndex({ ...root, children });
  compiled.set(form, indexed);
  return indexed;
}

function compile(members: Members, prefix: string, general: boolean): Item[] {
  const items = Object.entries(members).map(([name, member], rank) =>
    withIndex({
      rank,
      linkId: prefix + name,
      label: member.label,
      name,
      member,
      children: childrenOf(member, `${prefix}${name}.`),
    }),
  );
  if (!general || 'text' in members) return items;
  const remark = { linkId: `${prefix}text`, label: 'Remark', name: 'text', member: undefined };
  return [...items, withIndex({ ...remark, rank: items.length, children: [] })];
}

function childrenOf(member: Member, prefix: string): Item[] {
  if (member.kind === 'group') return compile(member.members, prefix, member.general);
  if (member.kind === 'list') return compile(member.of.members, prefix, member.of.general);
  return [];
}

function withIndex(item: Omit<Item, 'byLinkId' | 'byName' | 'leaf'>): Item {
  const { member, linkId, children } = item;
  const byLinkId = new Map<string, Item>();
  for (const child of children) {
    byLinkId.set(child.linkId, child);
    if (child.leaf?.kind === 'number') {
      for (const end of RANGE_ENDS) byLinkId.set(`${child.linkId}.${end}`, child);
    }
  }
  const isLeaf = member !== undefined && member.kind !== 'group' && member.kind !== 'list';
  const remark: Leaf | undefined = linkId === '' || member !== undefined ? undefined : REMARK;
  const byName = new Map(children.map((child) => [child.name, child]));
  return { ...item, byLinkId, byName, leaf: isLeaf ? (member as Leaf) : remark };
}

const REMARK: Leaf = textMember('Remark');
