// What a record holds, fact by fact, in the words a reader must find wherever it is shown.
import { renderCode, renderLeaf } from '../../src/chart/words.ts';
import type { General, Group, Leaf, Member } from '../../src/ims/schema/members.ts';
import { eachObject, type Values } from '../../src/ims/schema/walk.ts';

/** Each value of a record, or of some of its sections, in words. */
export function factsOf(record: Values): string[] {
  const facts: string[] = [];
  eachObject(record, (object, group) => {
    facts.push(...leavesOf(object, group), ...(group.general ? generalOf(object) : []));
  });
  return facts;
}

/** The facts that `said` does not hold, by upper and lower case alike. */
export function unsaid(facts: readonly string[], said: string): string[] {
  // Not in lower case, where a sigma at the end of a word is another letter.
  const words = said.toUpperCase();
  return facts.filter((fact) => !words.includes(fact.toUpperCase()));
}

/** Bytes are no words, and names of items only call what is said elsewhere. */
const NAMES = new Set<Member['kind']>([
  ...(['key', 'keyOf', 'keys', 'ids', 'group', 'list', 'local', 'data'] as const),
]);

function leavesOf(object: Values, { members }: Group): string[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const value = object[name];
    if (value === undefined || NAMES.has(member.kind) || name === 'decidedBy') return [];
    // A muscle that no code names is called by its words, and a unit is said in full.
    if (member.kind === 'unit' || (name === 'muscle' && value === 'other')) return [];
    if (Array.isArray(value)) return value.map((one) => renderLeaf(member as Leaf, [one]));
    const said = renderLeaf(member as Leaf, value);
    // A scale of its own does not end at 10.
    return [name === 'value' && object.scale === 'other' ? said.replace(' of 10', '') : said];
  });
}

function generalOf(object: General): string[] {
  const { text, asWritten = {}, absent = {}, saidBy, saidByText, askedAt } = object;
  return [
    ...(text === undefined ? [] : [text]),
    ...Object.values(asWritten),
    ...Object.values(absent).map(renderCode),
    ...(saidBy === undefined ? [] : [`Said by: ${renderCode(saidBy)}`]),
    ...(saidByText === undefined ? [] : [saidByText]),
    ...(askedAt === undefined ? [] : [askedAt.slice(0, 10)]),
  ];
}
