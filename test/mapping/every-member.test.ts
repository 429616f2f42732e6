// Each form that a member may take (words alone, words with a value, ranges, dates in words, each reason
// for a missing value), in every member that allows it. One record has every member, and each form is
// tried in all members at once, so the coverage does not depend on random records.
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { readRecord } from '../../src/ims/reader/read.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import { absentNames, asWrittenNames } from '../../src/ims/schema/build.ts';
import { absentReasons, type Group, type Leaf, type Member } from '../../src/ims/schema/members.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import { fromFhir } from '../../src/mapping/from-fhir.ts';
import { goldens, recordOf } from '../golden/cases.ts';
import { hostileServer } from './hostile-server.ts';

type Values = Record<string, unknown>;

/** One form of a value; `apply` changes the object with the member. */
interface ValueForm {
  readonly name: string;
  readonly fits: (leaf: Leaf, group: Group, name: string) => boolean;
  readonly apply: (object: Values, name: string) => void;
}

const DEFINITION = definition as unknown as Group;

/** True for a member that may be missing: not required, not in a group of alternatives. */
function isOptional({ rules, members }: Group, name: string): boolean {
  const alternatives = [...(rules.exactlyOne ?? []), ...(rules.atLeastOne ?? [])].flat();
  return members[name]?.need === 'optional' && !alternatives.includes(name);
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

const withValue =
  (name: string, value: unknown): ValueForm['apply'] =>
  (object, member) => {
    leaveOut(object, member);
    object[member] = name === 'value' ? value : { ...(value as Values) };
  };

const valueForms: ValueForm[] = [
  {
    name: 'in words alone',
    fits: (_leaf, group, name) => hasWords(group, name) && group.members[name]?.need !== 'required',
    apply: (object, name) => {
      leaveOut(object, name);
      setWords(object, name);
    },
  },
  {
    name: 'in words with its value',
    fits: (_leaf, group, name) => hasWords(group, name),
    apply: setWords,
  },
  ...[{ low: 1, high: 3 }, { low: 1 }, { high: 3 }].map((range) => ({
    name: `as the range ${JSON.stringify(range)}`,
    fits: ({ kind }: Leaf) => kind === 'number',
    apply: withValue('range', range),
  })),
  ...[
    { dateText: 'around Easter' },
    { dateText: 'around Easter', date: '2026-04' },
    { dateText: 'around Easter', latestDate: '2026-04-30' },
    { dateText: 'around Easter', date: '2026', latestDate: '2026-04-30' },
  ].map((date) => ({
    name: `as the date ${JSON.stringify(date)}`,
    fits: ({ kind }: Leaf) => kind === 'date',
    apply: withValue('date', date),
  })),
  ...['2026', '2026-04'].map((date) => ({
    name: `as the date ${date}`,
    fits: ({ kind }: Leaf) => kind === 'date',
    apply: withValue('value', date),
  })),
  ...absentReasons.codes.map((reason) => ({
    name: `absent, ${reason}`,
    fits: (_leaf: Leaf, group: Group, name: string) =>
      group.general && isOptional(group, name) && absentNames(group.members).includes(name),
    apply: (object: Values, name: string) => {
      leaveOut(object, name);
      const { [name]: _, ...words } = { ...(object.asWritten as Values) };
      if (Object.keys(words).length > 0) object.asWritten = words;
      else delete object.asWritten;
      object.absent = { ...(object.absent as Values), [name]: reason };
    },
  })),
];

/** Applies a form to every member that allows it; returns their paths. */
function applyToAll(form: ValueForm, object: Values, group: Group, path: string): string[] {
  return Object.entries(group.members).flatMap(([name, member]): string[] => {
    const here = path === '' ? name : `${path}.${name}`;
    if (member.kind === 'group' || member.kind === 'list') {
      const inner = member.kind === 'group' ? member : member.of;
      const entries = object[name] === undefined ? [] : [object[name]].flat();
      return entries.flatMap((one) => applyToAll(form, one as Values, inner, here));
    }
    if (object[name] === undefined || REQUIRED.has(here) || !form.fits(member, group, name))
      return [];
    form.apply(object, name);
    return [here];
  });
}

/** Paths of all members that allow a form. */
function fitting(form: ValueForm, group: Group, path: string): string[] {
  return Object.entries(group.members).flatMap(([name, member]: [string, Member]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (member.kind === 'group') return fitting(form, member, here);
    if (member.kind === 'list') return fitting(form, member.of, here);
    return form.fits(member, group, name) ? [here] : [];
  });
}

/** Required where a session relied on the screening of another record. */
const REQUIRED = new Set(['session.screening.recordId']);
/** Alternatives of a member that the record has. */
const EXCLUDED = new Set(['visit.date', 'contacts.date', ...REQUIRED]);

function everything(): Values {
  const golden = goldens.find(({ name }) => name === 'everything');
  if (golden === undefined) throw new Error('unknown golden case');
  const { staffEvents: _, ...rest } = structuredClone(recordOf(golden)) as ImsRecord;
  return rest;
}

describe.each(valueForms)('every member $name', (form) => {
  const changed = everything();
  const paths = applyToAll(form, changed, DEFINITION, '');
  const read = readRecord(changed);

  it('is tried in each member that allows it', () => {
    const tried = new Set(paths);
    const missed = fitting(form, DEFINITION, '').filter(
      (path) => !tried.has(path) && !EXCLUDED.has(path) && !path.startsWith('staffEvents'),
    );
    expect(missed.filter((path) => !/\.(muscle|region)$/.test(path))).toEqual([]);
    expect(paths.length).toBeGreaterThan(20);
  });

  it('is a valid record', () => {
    expect(read.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(['as it was sent', 'from a hostile server'])('is read back %s', (from) => {
    if (!read.ok) throw new Error('the record is not valid');
    const { bundle } = mapRecord(read.record);
    const sent = (bundle.entry ?? []).flatMap(({ resource, fullUrl = '' }) =>
      resource === undefined ? [] : [{ resource, fullUrl }],
    );
    const { visits } = fromFhir(
      from === 'as it was sent' ? sent : hostileServer(bundle, { seed: 7 }),
    );
    expect(visits[0]?.issues).toEqual([]);
    const [again] = visits;
    if (again?.record === undefined) throw new Error('no record was read');
    expect(normalForm(again.record)).toEqual(normalForm(read.record));
  });
});
