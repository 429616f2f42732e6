// The members that an object has. Objects of a record have few of the many members of their definition,
// so traversals iterate over the object and not over the definition.
import { memoizeWeak } from '../../memoize.ts';
import type { General, Member, Members, ObjectValues } from './members.ts';

/** Information on members by name; `rank` is the position of a member in its definition. */
export type ByName<T extends { readonly rank: number }> = ReadonlyMap<string, T>;

/** A member of a definition with its name and position. */
export interface RankedMember {
  readonly name: string;
  readonly member: Member;
  readonly rank: number;
}

/** The members of a definition by name. */
export const byName = memoizeWeak(
  (members: Members): ByName<RankedMember> =>
    new Map(Object.entries(members).map(([name, member], rank) => [name, { name, member, rank }])),
);

/** The members that have a value, in the order of their ranks; unknown names are ignored. */
export function presentMembers<T extends { readonly rank: number }>(
  values: ObjectValues,
  known: ByName<T>,
): T[] {
  return sortByRank(membersWithValue(values, known));
}

/** The members with a value, with wording only or with a reason for absence only, by rank. */
export function presentOrNoted<T extends { readonly rank: number }>(
  values: ObjectValues & General,
  known: ByName<T>,
): T[] {
  const present = membersWithValue(values, known);
  for (const notes of [values.asWritten, values.absent]) {
    for (const name in notes) {
      const member = known.get(name);
      if (member !== undefined && !present.includes(member)) present.push(member);
    }
  }
  return sortByRank(present);
}

function membersWithValue<T extends { readonly rank: number }>(
  values: ObjectValues,
  known: ByName<T>,
): T[] {
  const present: T[] = [];
  for (const name in values) {
    if (values[name] === undefined) continue;
    const member = known.get(name);
    if (member !== undefined) present.push(member);
  }
  return present;
}

/** Sorts only if necessary: objects that were read have their members in order. */
function sortByRank<T extends { readonly rank: number }>(members: T[]): T[] {
  for (let index = 1; index < members.length; index++) {
    if ((members[index - 1]?.rank ?? 0) > (members[index]?.rank ?? 0)) {
      return members.sort((a, b) => a.rank - b.rank);
    }
  }
  return members;
}
