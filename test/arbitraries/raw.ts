// Raw records read off the tree of members: every member may stand, names are still numbers and
// nothing agrees with anything yet. settle.ts makes a record of it.
import fc from 'fast-check';
import { absentNames, asWrittenNames } from '../../src/ims/schema/build.ts';
import {
  absentReasons,
  type Group,
  informationSources,
  type Leaf,
  type Member,
} from '../../src/ims/schema/members.ts';
import {
  date,
  id,
  instant,
  local,
  numberOf,
  partialDate,
  plainText,
  text,
  uri,
  zone,
} from './values.ts';

/** An object before it is settled: names of items are numbers, words and absences are pairs. */
export type Raw = { readonly [name: string]: unknown };

/** Draws what a group needs beside its members: which of exclusive members stays, spare words. */
export const CHOICE = '$choice';
export const SPARE = '$spare';

/**
 * How full objects are: per cent of members that stand, of objects with general members, and of
 * these that stand there; how long lists get.
 */
export interface Density {
  readonly members: number;
  readonly general: number;
  readonly generalEach: number;
  readonly entries: number;
}

/** Sparse records, as most are; fuller ones; a few with nearly everything. */
export const DENSITIES = {
  sparse: { members: 30, general: 10, generalEach: 25, entries: 2 },
  medium: { members: 50, general: 25, generalEach: 40, entries: 3 },
  dense: { members: 85, general: 75, generalEach: 60, entries: 3 },
} as const satisfies Record<string, Density>;

/** Raw objects of `group`; members in `always` stand although the tree does not need them. */
export function rawGroup(
  group: Group,
  density: Density,
  always: readonly string[] = [],
): fc.Arbitrary<Raw> {
  const slots: Slots = { [CHOICE]: fc.nat({ max: 1000 }), [SPARE]: plainText };
  const exclusive = new Set(group.rules.exactlyOne?.flat());
  for (const [name, member] of Object.entries(group.members)) {
    const stands = member.need === 'required' || exclusive.has(name) || always.includes(name);
    const percent = stands ? 100 : member.need === 'required-or-as-written' ? 85 : density.members;
    slots[name] = maybe(rawMember(name, member, density), percent);
  }
  if (!group.general) return objectOf(slots);
  const general = maybe(objectOf(generalSlots(group, density)), density.general);
  return fc.tuple(general, objectOf(slots)).map(([beside, own]) => ({ ...beside, ...own }));
}

type Slots = Record<string, fc.Arbitrary<unknown>>;

function objectOf(slots: Slots): fc.Arbitrary<Raw> {
  const names = Object.keys(slots);
  return fc.tuple(...Object.values(slots)).map((drawn) => {
    const raw: Record<string, unknown> = {};
    drawn.forEach((value, index) => {
      if (value !== undefined) raw[names[index] ?? ''] = value;
    });
    return raw;
  });
}

/** A number that settles to a name; few, so that the same items come and go over visits. */
const name = fc.nat({ max: 5 });
const someNames = fc.array(name, { minLength: 1, maxLength: 3 });

function generalSlots({ members }: Group, { generalEach }: Density): Slots {
  const pairsOf = (names: readonly string[], of: fc.Arbitrary<string>) =>
    names.length === 0
      ? fc.constant(undefined)
      : fc.array(fc.tuple(fc.constantFrom(...names), of), { minLength: 1, maxLength: 2 });
  const earlier = id.map((recordId) => ({ recordId, key: 'earlier-1' }));
  const baseline = fc.oneof(name, earlier);
  const some = <T>(arbitrary: fc.Arbitrary<T>) => maybe(arbitrary, generalEach);
  return {
    text: some(text),
    asWritten: some(pairsOf(asWrittenNames(members), text)),
    absent: some(pairsOf(absentNames(members), fc.constantFrom(...absentReasons.codes))),
    saidBy: some(fc.constantFrom(...informationSources.codes)),
    saidByText: some(text),
    askedAt: some(instant),
    complaintKeys: some(someNames),
    baseline: some(baseline),
  };
}

function rawMember(memberName: string, member: Member, density: Density): fc.Arbitrary<unknown> {
  if (member.kind === 'group') return rawGroup(member, density);
  if (member.kind === 'list') {
    const entry = rawGroup(member.of, density);
    return fc.array(entry, { minLength: 1, maxLength: density.entries });
  }
  return isPerson(memberName, member) ? name : rawLeaf(member);
}

/** True for members that hold one practitioner's id. */
export function isPerson(memberName: string, { kind }: Member): boolean {
  return kind === 'id' && (memberName === 'decidedBy' || memberName === 'author');
}

const data = fc
  .uint8Array({ minLength: 1, maxLength: 24 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));

const media = fc.constantFrom('application/pdf', 'image/png', 'text/plain');

/** Stands for the digest of the bytes beside it, which settling works out. */
const digest = fc.constant('');

const PLAIN = { media, data, digest, text, id, uri, zone, instant, date, local, day: partialDate };

function rawLeaf(leaf: Leaf): fc.Arbitrary<unknown> {
  switch (leaf.kind) {
    case 'code':
      return fc.constantFrom(...leaf.set.codes);
    case 'codes':
      return fc.array(fc.constantFrom(...leaf.set.codes), { minLength: 1, maxLength: 3 });
    case 'unit':
      return fc.constantFrom(...leaf.units);
    case 'number':
      return numberOf((value) => leaf.schema.safeParse(value).success);
    case 'count':
      return fc.integer({ min: 1, max: 2_147_483_647 });
    case 'key':
    case 'keyOf':
      return name;
    case 'keys':
    case 'ids':
      return someNames;
    default:
      return PLAIN[leaf.kind];
  }
}

function maybe<T>(arbitrary: fc.Arbitrary<T>, percent: number): fc.Arbitrary<T | undefined> {
  if (percent >= 100) return arbitrary;
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 100 - percent, arbitrary: fc.constant(undefined) },
    { weight: percent, arbitrary },
  );
}
