// Which members of an object stand: objects of a record hold few of the many that their definition
// has, so whoever walks one looks at what is there instead of asking for everything that could be.
import type { General, Member, Members } from './members.ts';

/** A member that an object speaks of. */
export interface Standing {
  readonly name: string;
  readonly member: Member;
  /** Its place among the members of its definition. */
  readonly rank: number;
}

type Values = Readonly<Record<string, unknown>>;
type Plan = ReadonlyMap<string, Standing>;

const plans = new WeakMap<Members, Plan>();

function planOf(members: Members): Plan {
  const known = plans.get(members);
  if (known !== undefined) return known;
  const made = new Map(
    Object.entries(members).map(([name, member], rank) => [name, { name, member, rank }]),
  );
  plans.set(members, made);
  return made;
}

/** The members that have a value, in the order of `members`; names not among them are passed over. */
export function standing(values: Values, members: Members): Standing[] {
  return sorted(valued(values, planOf(members)));
}

/** The same with those that the chart has only words for, or only a reason why they are missing. */
export function spokenOf(values: Values & General, members: Members): Standing[] {
  const plan = planOf(members);
  const found = valued(values, plan);
  for (const notes of [values.asWritten, values.absent]) {
    for (const name in notes) {
      const one = plan.get(name);
      if (one !== undefined && !found.includes(one)) found.push(one);
    }
  }
  return sorted(found);
}

function valued(values: Values, plan: Plan): Standing[] {
  const found: Standing[] = [];
  for (const name in values) {
    if (values[name] === undefined) continue;
    const one = plan.get(name);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Objects that were read hold their members in order already. */
function sorted(found: Standing[]): Standing[] {
  for (let at = 1; at < found.length; at++) {
    if ((found[at - 1]?.rank ?? 0) > (found[at]?.rank ?? 0)) {
      return found.sort((a, b) => a.rank - b.rank);
    }
  }
  return found;
}
