// The record that uses every member: what travels at all is seen to travel there.
import { expect, it } from 'vitest';
import type { Group, Member } from '../../src/ims/schema/members.ts';
import { record as definition } from '../../src/ims/schema/record.ts';
import type { ObjectValues } from '../../src/ims/schema/members.ts';
import { goldens, recordOf } from './cases.ts';

/** Members of an object that do not stand where a member that excludes them does. */
function excluded({ rules }: Group, name: string, objects: readonly ObjectValues[]): boolean {
  return (rules.exactlyOne ?? []).some(
    (names) => names.includes(name) && objects.some((one) => names.some((other) => other in one)),
  );
}

/** Paths of members that stand in none of these objects. */
function missing(group: Group, objects: readonly ObjectValues[], path: string): string[] {
  return Object.entries(group.members).flatMap(([name, member]) => {
    const values = objects.flatMap((one) => (one[name] === undefined ? [] : [one[name]]));
    const here = path === '' ? name : `${path}.${name}`;
    if (values.length === 0) return excluded(group, name, objects) ? [] : [here];
    return missingWithin(member, values, here);
  });
}

function missingWithin(member: Member, values: readonly unknown[], path: string): string[] {
  if (member.kind === 'group') return missing(member, values as ObjectValues[], path);
  return member.kind === 'list' ? missing(member.of, values.flat() as ObjectValues[], path) : [];
}

const everything = goldens.find(({ name }) => name === 'everything');

it('every member of the definition stands in it', () => {
  if (everything === undefined) throw new Error('there is no such case');
  expect(missing(definition, [{ ...recordOf(everything) }], '')).toEqual([]);
});

it.each([
  ...['text', 'asWritten', 'absent', 'saidBy', 'saidByText', 'askedAt', 'complaintKeys'],
  'baseline',
])('%s, which every object may carry, stands in it', (name) => {
  expect(everything?.text).toContain(`"${name}": `);
});
