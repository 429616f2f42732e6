// Each way a member may be said, in every member that may be said so: words alone, words beside a
// value, ranges, dates in words, each reason why a value is missing. One record holds every member,
// and each way is tried in all of them at once, so that none is left to the luck of a draw.
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { readRecord } from '../../src/ims/reader/read.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import { absentNames, asWrittenNames } from '../../src/ims/schema/build.ts';
import { absentReasons, type Group, type Leaf, type Member } from '../../src/ims/schema/members.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import { fromFhir } from '../../src/mapping/from-fhir.ts';
import { goldens, recordOf } from '../golden/cases.ts';
import { hostile } from './hostile.ts';

type Values = Record<string, unknown>;

/** One way to say a leaf; `say` changes its object. */
interface Way {
  readonly name: string;
  readonly fits: (leaf: Leaf, group: Group, name: string) => boolean;
  readonly say: (object: Values, name: string) => void;
}

const DEFINITION = definition as unknown as Group;

/** True where the value may go: neither a key nor one of several that exclude each other. */
function isFree({ rules, members }: Group, name: string): boolean {
  const tied = [...(rules.exactlyOne ?? []), ...(rules.atLeastOne ?? [])].flat();
  return members[name]?.need === 'optional' && !tied.includes(name);
}

const hasWords = (group: Group, name: string) =>
  group.general && asWrittenNames(group.members).includes(name);

function setWords(object: Values, name: string): void {
  object.asWritten = { ...(object.asWritten as Values), [name]: `words of ${name}, "±"` };
}

function leaveOut(object: Values, name: string): void {
  delete object[name];
  const { [name]: _, ...others } = { ...(object.absent as Values) };
  if (Object.keys(others).length > 0) object.absent = others;
  else delete object.absent;
}

const saying =
  (name: string, value: unknown): Way['say'] =>
  (object, member) => {
    leaveOut(object, member);
    object[member] = name === 'value' ? value : { ...(value as Values) };
  };

const ways: Way[] = [
  {
    name: 'in words alone',
    fits: (_leaf, group, name) => hasWords(group, name) && group.members[name]?.need !== 'required',
    say: (object, name) => {
      leaveOut(object, name);
      setWords(object, name);
    },
  },
  {
    name: 'in words beside its value',
    fits: (_leaf, group, name) => hasWords(group, name),
    say: setWords,
  },
  ...[{ low: 1, high: 3 }, { low: 1 }, { high: 3 }].map((range) => ({
    name: `as the range ${JSON.stringify(range)}`,
    fits: ({ kind }: Leaf) => kind === 'number',
    say: saying('range', range),
  })),
  ...[
    { dateText: 'around Easter' },
    { dateText: 'around Easter', date: '2026-04' },
    { dateText: 'around Easter', latestDate: '2026-04-30' },
    { dateText: 'around Easter', date: '2026', latestDate: '2026-04-30' },
  ].map((date) => ({
    name: `as the date ${JSON.stringify(date)}`,
    fits: ({ kind }: Leaf) => kind === 'date',
    say: saying('date', date),
  })),
  ...['2026', '2026-04'].map((date) => ({
    name: `as the date ${date}`,
    fits: ({ kind }: Leaf) => kind === 'date',
    say: saying('value', date),
  })),
  ...absentReasons.codes.map((reason) => ({
    name: `absent, ${reason}`,
    fits: (_leaf: Leaf, group: Group, name: string) =>
      group.general && isFree(group, name) && absentNames(group.members).includes(name),
    say: (object: Values, name: string) => {
      leaveOut(object, name);
      const { [name]: _, ...words } = { ...(object.asWritten as Values) };
      if (Object.keys(words).length > 0) object.asWritten = words;
      else delete object.asWritten;
      object.absent = { ...(object.absent as Values), [name]: reason };
    },
  })),
];

/** Says every fitting leaf that way; gives the paths of those it said. */
function sayAll(way: Way, object: Values, group: Group, path: string): string[] {
  return Object.entries(group.members).flatMap(([name, member]): string[] => {
    const here = path === '' ? name : `${path}.${name}`;
    if (member.kind === 'group' || member.kind === 'list') {
      const inner = member.kind === 'group' ? member : member.of;
      const entries = object[name] === undefined ? [] : [object[name]].flat();
      return entries.flatMap((one) => sayAll(way, one as Values, inner, here));
    }
    if (object[name] === undefined || TIED.has(here) || !way.fits(member, group, name)) return [];
    way.say(object, name);
    return [here];
  });
}

/** Paths of all leaves that fit, whether or not a record holds them. */
function fitting(way: Way, group: Group, path: string): string[] {
  return Object.entries(group.members).flatMap(([name, member]: [string, Member]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (member.kind === 'group') return fitting(way, member, here);
    if (member.kind === 'list') return fitting(way, member.of, here);
    return way.fits(member, group, name) ? [here] : [];
  });
}

/** The screening of another record is named by that record's id, always. */
const TIED = new Set(['session.screening.recordId']);
/** A visit or contact is at one time only: the other stands in no record. */
const EXCLUDED = new Set(['visit.date', 'contacts.date', ...TIED]);

function everything(): Values {
  const found = goldens.find(({ name }) => name === 'everything');
  if (found === undefined) throw new Error('there is no such case');
  const { staffEvents: _, ...rest } = structuredClone(recordOf(found)) as ImsRecord;
  return rest;
}

describe.each(ways)('every member said $name', (way) => {
  const said = everything();
  const paths = sayAll(way, said, DEFINITION, '');
  const read = readRecord(said);

  it('is tried in each that may be', () => {
    const known = new Set(paths);
    const missed = fitting(way, DEFINITION, '').filter(
      (path) => !known.has(path) && !EXCLUDED.has(path) && !path.startsWith('staffEvents'),
    );
    expect(missed.filter((path) => !/\.(muscle|region)$/.test(path))).toEqual([]);
    expect(paths.length).toBeGreaterThan(20);
  });

  it('is a record', () => {
    expect(read.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(['as it was sent', 'from a hostile server'])('comes back %s', (from) => {
    if (!read.ok) throw new Error('is no record');
    const { bundle } = mapRecord(read.record);
    const sent = (bundle.entry ?? []).flatMap(({ resource, fullUrl = '' }) =>
      resource === undefined ? [] : [{ resource, fullUrl }],
    );
    const { visits } = fromFhir(from === 'as it was sent' ? sent : hostile(bundle, { seed: 7 }));
    expect(visits[0]?.issues).toEqual([]);
    const [again] = visits;
    if (again?.record === undefined) throw new Error('nothing came back');
    expect(normalForm(again.record)).toEqual(normalForm(read.record));
  });
});
