// The facts of a record in the words in which a reader must find them in every rendering.
import { renderCode, renderLeaf } from '../../src/chart/values.ts';
import type { General, Group, Leaf, Member, ObjectValues } from '../../src/ims/schema/members.ts';
import { eachObject } from '../../src/ims/schema/walk.ts';

/** Every value of a record or of some of its sections, as rendered. */
export function factsOf(record: ObjectValues): string[] {
  const facts: string[] = [];
  eachObject(record, (object, group) => {
    facts.push(...leavesOf(object, group), ...(group.general ? generalOf(object) : []));
  });
  return facts;
}

/** The facts that `text` does not contain; case is ignored. */
export function missingFacts(facts: readonly string[], text: string): string[] {
  // Upper case, because a sigma has two lower-case forms.
  const upperCase = text.toUpperCase();
  return facts.filter((fact) => !upperCase.includes(fact.toUpperCase()));
}

/** Kinds that are not shown as they are: bytes, and keys, for which names are shown. */
const NOT_SHOWN = new Set<Member['kind']>([
  ...(['key', 'keyOf', 'keys', 'ids', 'group', 'list', 'local', 'data'] as const),
]);

function leavesOf(object: ObjectValues, { members }: Group): string[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const value = object[name];
    if (value === undefined || NOT_SHOWN.has(member.kind) || name === 'decidedBy') return [];
    // A muscle without a code is shown by its text, and a unit in full.
    if (member.kind === 'unit' || (name === 'muscle' && value === 'other')) return [];
    if (Array.isArray(value)) return value.map((code) => renderLeaf(member as Leaf, [code]));
    const rendered = renderLeaf(member as Leaf, value);
    // The upper end of another scale is unknown.
    return [
      name === 'value' && object.scale === 'other' ? rendered.replace(' of 10', '') : rendered,
    ];
  });
}

function generalOf(object: General): string[] {
  const { text, asWritten = {}, absent = {}, saidBy, saidByText, askedAt } = object;
  return [
    ...(text === undefined ? [] : [text]),
    ...Object.values(asWritten),
    ...Object.values(absent).map(renderCode),
    ...(saidBy === undefined ? [] : [`Information from: ${renderCode(saidBy)}`]),
    ...(saidByText === undefined ? [] : [saidByText]),
    ...(askedAt === undefined ? [] : [askedAt.slice(0, 10)]),
  ];
}
