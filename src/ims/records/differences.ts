// The differences between two revisions of a record, member by member. Shows what was edited on a
// server in terms of the record.
import { defined } from '../../defined.ts';
import type { List, Member, Members, ObjectValues } from '../schema/members.ts';
import { pointerStep } from '../schema/pointer.ts';
import { record as definition, type ImsRecord } from '../schema/record.ts';
import { normalMember } from './normal-form.ts';

/** One member that differs; `sent` or `found` is absent if the member is missing on that side. */
export interface Difference {
  /** JSON pointer into the record, with the key of an entry instead of its index. */
  readonly path: string;
  readonly sent?: unknown;
  readonly found?: unknown;
}

type Pair = { readonly sent: unknown; readonly found: unknown };

/** People and organisations are maintained by the target, so changes to them are not reported. */
const MAINTAINED_BY_TARGET: ReadonlySet<string> = new Set(['patient', 'practitioners', 'clinic']);

/** Every member of `sent` and `found` that differs in normal form, in the order of the record. */
export function differencesOf(sent: ImsRecord, found: ImsRecord): Difference[] {
  return compareObjects({ sent, found }, definition.members, '');
}

function compareObjects({ sent, found }: Pair, members: Members, path: string): Difference[] {
  const [before, after] = [sent as ObjectValues, found as ObjectValues];
  // The general members are not part of any definition, so the names in both objects are added.
  const names = new Set([members, before, after].flatMap((object) => Object.keys(object)));
  return [...names]
    .filter((name) => path !== '' || !MAINTAINED_BY_TARGET.has(name))
    .flatMap((name) =>
      compareMember({ sent: before[name], found: after[name] }, members[name], `${path}/${name}`),
    );
}

function compareMember(pair: Pair, member: Member | undefined, path: string): Difference[] {
  const { sent, found } = pair;
  if (sent === undefined && found === undefined) return [];
  const hasBoth = sent !== undefined && found !== undefined;
  if (hasBoth && isEqual(pair, member, path)) return [];
  if (hasBoth && member?.kind === 'group') return compareObjects(pair, member.members, path);
  if (hasBoth && member?.kind === 'list' && member.by !== undefined) {
    return compareLists(pair, member, path);
  }
  return [{ path, ...defined({ sent, found }) }];
}

function isEqual({ sent, found }: Pair, member: Member | undefined, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const [before, after] = [normalMember(sent, name, member), normalMember(found, name, member)];
  return JSON.stringify(before) === JSON.stringify(after);
}

/** Compares entries with the same key. */
function compareLists({ sent, found }: Pair, { by = '', of }: List, path: string): Difference[] {
  const byKey = (entries: unknown) =>
    new Map((entries as ObjectValues[]).map((entry) => [String(entry[by]), entry]));
  const [before, after] = [byKey(sent), byKey(found)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const pair = { sent: before.get(key), found: after.get(key) };
    return compareMember(pair, of, path + pointerStep(key));
  });
}
