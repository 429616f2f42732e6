// Where two records differ, member by member: what a clinician changed on a server, said in the words
// of the record. Pure.
import type { List, Member, Members, ObjectValues } from '../schema/members.ts';
import { record as definition, type ImsRecord } from '../schema/record.ts';
import { normalMember } from './normal-form.ts';

/** One member that differs; `sent` or `found` is left out where it is missing there. */
export interface Difference {
  /** JSON pointer into the record; an entry with a key is named by it. */
  readonly path: string;
  readonly sent?: unknown;
  readonly found?: unknown;
}

type Pair = { readonly sent: unknown; readonly found: unknown };

/** People and places are the target's own: what it says of them is no change of the record. */
const OF_THE_TARGET: ReadonlySet<string> = new Set(['patient', 'practitioners', 'clinic']);

/** Every member of `sent` and `found` that differs in normal form, in the order of the record. */
export function differencesOf(sent: ImsRecord, found: ImsRecord): Difference[] {
  return ofObjects({ sent, found }, definition.members, '');
}

function ofObjects({ sent, found }: Pair, members: Members, path: string): Difference[] {
  const [before, after] = [sent as ObjectValues, found as ObjectValues];
  // What every object may carry beside its own members stands in no definition.
  const names = new Set([members, before, after].flatMap((one) => Object.keys(one)));
  return [...names]
    .filter((name) => path !== '' || !OF_THE_TARGET.has(name))
    .flatMap((name) =>
      ofMember({ sent: before[name], found: after[name] }, members[name], `${path}/${name}`),
    );
}

function ofMember(pair: Pair, member: Member | undefined, path: string): Difference[] {
  const { sent, found } = pair;
  if (sent === undefined && found === undefined) return [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  const isSame =
    sent !== undefined &&
    found !== undefined &&
    JSON.stringify(normalMember(sent, name, member)) ===
      JSON.stringify(normalMember(found, name, member));
  if (isSame) return [];
  const hasBoth = sent !== undefined && found !== undefined;
  if (hasBoth && member?.kind === 'group') return ofObjects(pair, member.members, path);
  if (hasBoth && member?.kind === 'list' && member.by !== undefined) {
    return ofLists(pair, member, path);
  }
  return [
    { path, ...(sent === undefined ? {} : { sent }), ...(found === undefined ? {} : { found }) },
  ];
}

/** Entries are the same entry when their key is. */
function ofLists({ sent, found }: Pair, { by = '', of }: List, path: string): Difference[] {
  const keyed = (entries: unknown) =>
    new Map((entries as ObjectValues[]).map((entry) => [String(entry[by]), entry]));
  const [before, after] = [keyed(sent), keyed(found)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    ofMember({ sent: before.get(key), found: after.get(key) }, of, `${path}/${pointer(key)}`),
  );
}

function pointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
