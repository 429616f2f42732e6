// Which members of an object stand: objects of a record hold few of the many that their definition
// has, so whoever walks one looks at what is there instead of asking for everything that could be.
import { memoizeWeak } from '../../memoize.ts';
import type { General, Member, Members, ObjectValues } from './members.ts';

/** What is known of members, by their names; `rank` is the place among them. */
export type ByName<T extends { readonly rank: number }> = ReadonlyMap<string, T>;

/** A member of a definition with its name and place. */
export interface Ranked {
  readonly name: string;
  readonly member: Member;
  readonly rank: number;
}

/** The members of a definition by name. */
export const byName = memoizeWeak(
  (members: Members): ByName<Ranked> =>
    new Map(Object.entries(members).map(([name, member], rank) => [name, { name, member, rank }])),
);

/** The members that have a value, in the order of their ranks; other names are passed over. */
export function presentMembers<T extends { readonly rank: number }>(
  values: ObjectValues,
  known: ByName<T>,
): T[] {
  return sorted(valued(values, known));
}

/** The same with those that the chart has only words for, or only a reason why they are missing. */
export function presentOrNoted<T extends { readonly rank: number }>(
  values: ObjectValues & General,
  known: ByName<T>,
): T[] {
  const found = valued(values, known);
  for (const notes of [values.asWritten, values.absent]) {
    for (const name in notes) {
      const one = known.get(name);
      if (one !== undefined && !found.includes(one)) found.push(one);
    }
  }
  return sorted(found);
}

function valued<T extends { readonly rank: number }>(values: ObjectValues, known: ByName<T>): T[] {
  const found: T[] = [];
  for (const name in values) {
    if (values[name] === undefined) continue;
    const one = known.get(name);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Objects that were read hold their members in order already. */
function sorted<T extends { readonly rank: number }>(found: T[]): T[] {
  for (let at = 1; at < found.length; at++) {
    if ((found[at - 1]?.rank ?? 0) > (found[at]?.rank ?? 0)) {
      return found.sort((a, b) => a.rank - b.rank);
    }
  }
  return found;
}
