import { describe, expect, it } from 'vitest';
import { MEMBER_PATHS, NOT_MAPPED } from '../../profiles/scripts/element-paths.ts';
import { mappingRows } from '../../profiles/scripts/mapping-table.ts';
import type { Group, Leaf, List, Member, Members } from '../../src/ims/schema/members.ts';
import { record } from '../../src/ims/schema/record.ts';
import { writeLeaf } from '../../src/mapping/codec/leaf.ts';
import { DICTIONARY, type Kind } from './dictionary.ts';

const rows = mappingRows();
const idsOf = (rows: readonly { id: string }[]) => [...new Set(rows.map(({ id }) => id))];

function membersIn(member: Member): Members {
  if (member.kind === 'group') return member.members;
  return member.kind === 'list' ? member.of.members : {};
}

/** The member at a path of the table. */
function memberAt(path: string): Member {
  return path
    .split('.')
    .reduce<Member>(
      (member, name) => membersIn(member)[name] as Member,
      record as unknown as Group,
    );
}

function leavesOf(member: Member): Leaf[] {
  if (member.kind !== 'group' && member.kind !== 'list') return [member];
  return Object.values(membersIn(member as Group | List)).flatMap(leavesOf);
}

function kindOf(leaf: Leaf): Kind {
  switch (leaf.kind) {
    case 'code':
    case 'codes':
      return leaf.set.name === 'muscle' || leaf.set.name === 'region' ? 'site' : 'code';
    case 'unit':
      return 'code';
    case 'number':
    case 'count':
      return 'number';
    case 'instant':
    case 'date':
    case 'day':
      return 'date';
    case 'text':
      return 'text';
    default:
      return 'name';
  }
}

describe('the mapping table', () => {
  it('has every row of the dictionary and no other', () => {
    expect(Object.keys(DICTIONARY)).toHaveLength(153);
    expect(idsOf(rows).sort()).toEqual(Object.keys(DICTIONARY).sort());
  });

  it.each(Object.entries(DICTIONARY))(
    'has for row %s members of the required kinds: %j',
    (id, kinds) => {
      const members = rows.filter((row) => row.id === id).map((row) => memberAt(row.recordPath));
      const present = new Set(members.flatMap(leavesOf).map(kindOf));
      expect(kinds.filter((kind) => !present.has(kind))).toEqual([]);
    },
  );

  it('gives a reason for every row that is not mapped completely', () => {
    for (const { id, what, why } of NOT_MAPPED) {
      expect(Object.keys(DICTIONARY)).toContain(id);
      expect([what, why].join()).toMatch(/\w/);
    }
    const unsent = rows.filter(({ fhirPath }) => fhirPath === 'not sent');
    expect(idsOf(unsent).filter((id) => !idsOf(NOT_MAPPED).includes(id))).toEqual(['R14']);
  });

  it('has a FHIR element for each member that is mapped by hand', () => {
    for (const elements of Object.values(MEMBER_PATHS)) {
      for (const element of Object.values(elements)) expect(element).toMatch(/^[A-Z]\w+\.\w/);
    }
  });
});

describe('coded and measured values are not written as text', () => {
  // The status of the session is a FHIR code in a separate element.
  const leaves = rows
    .filter(({ fhirPath }) => fhirPath !== 'Procedure.status')
    .flatMap((row) => leavesOf(memberAt(row.recordPath)));

  it('for codes', () => {
    const coded = leaves.filter((leaf) => leaf.kind === 'code' || leaf.kind === 'codes');
    expect(coded.length).toBeGreaterThan(400);
    for (const leaf of coded) {
      for (const code of leaf.set.codes) {
        expect(Object.keys(writeLeaf(leaf, code))).toEqual(['valueCoding']);
      }
    }
  });

  it('for numbers and dates', () => {
    const numbers = leaves.filter((leaf) => kindOf(leaf) === 'number');
    expect(numbers.length).toBeGreaterThan(50);
    for (const leaf of numbers) {
      const [written] = Object.keys(writeLeaf(leaf, 1));
      expect(written).toMatch(/^value(Quantity|Decimal|Integer)$/);
    }
    for (const leaf of leaves.filter((leaf) => kindOf(leaf) === 'date')) {
      const [written] = Object.keys(writeLeaf(leaf, '2026-01-01'));
      expect(written).toMatch(/^valueDate(Time)?$/);
    }
  });
});
