// Nothing of a record stays unread: whatever a section holds can be found in its words.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { namesOf } from '../../src/chart/names.ts';
import { sayCode, sayLeaf, sayObject } from '../../src/chart/words.ts';
import type { General, Group, Leaf, Member } from '../../src/ims/members.ts';
import { record as definition, type ImsRecord } from '../../src/ims/record.ts';
import { eachObject, type Values } from '../../src/ims/walk.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';

const { patient, clinic, visit, assessment, screening } = definition.members;
const { session, episode, consents, events, corrections, local } = definition.members;
const SECTIONS = {
  ...{ patient, clinic, visit, assessment, screening },
  ...{ session, episode, consents, events, corrections, local },
};

describe('everything a record holds', () => {
  it('is said in words', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const said = sayObject(sectionsOf(record), SECTIONS, namesOf(record)).join('\n');
        const missing = factsOf(record).filter((fact) => !holds(said, fact));
        if (missing.length > 0) throw new Error(`unsaid: ${missing.join(' | ')}\n${said}`);
      }),
      { numRuns: 300 },
    );
  });
});

function sectionsOf(record: ImsRecord): Values {
  const names = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[];
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

function holds(said: string, fact: string): boolean {
  return said.toLowerCase().includes(fact.toLowerCase());
}

/** Each value in the words a reader must find. */
function factsOf(record: ImsRecord): string[] {
  const facts: string[] = [];
  eachObject(sectionsOf(record), (object, group) => {
    facts.push(...leavesOf(object, group), ...(group.general ? generalOf(object) : []));
  });
  return facts;
}

const NAMES = new Set<Member['kind']>(['key', 'keyOf', 'keys', 'ids', 'group', 'list', 'local']);

function leavesOf(object: Values, { members }: Group): string[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const value = object[name];
    if (value === undefined || NAMES.has(member.kind) || name === 'decidedBy') return [];
    // A muscle that no code names is called by its words, and a unit is said in full.
    if (member.kind === 'unit' || (name === 'muscle' && value === 'other')) return [];
    if (Array.isArray(value)) return value.map((one) => sayLeaf(member as Leaf, [one]));
    return [sayLeaf(member as Leaf, value)];
  });
}

function generalOf(object: General): string[] {
  const { text, asWritten = {}, absent = {}, saidBy, saidByText, askedAt } = object;
  return [
    ...(text === undefined ? [] : [text]),
    ...Object.values(asWritten),
    ...Object.values(absent).map(sayCode),
    ...(saidBy === undefined ? [] : [`Said by: ${sayCode(saidBy)}`]),
    ...(saidByText === undefined ? [] : [saidByText]),
    ...(askedAt === undefined ? [] : [askedAt.slice(0, 10)]),
  ];
}
