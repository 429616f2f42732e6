import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord, readRecordText } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { textWith, visitWith } from './sample.ts';

/** The record that reading gives; fails where it is refused. */
function clean(changes: Readonly<Record<string, unknown>>): ImsRecord {
  const result = readRecord(visitWith(changes));
  expect(result.issues).toEqual([]);
  if (!result.ok) throw new Error('refused');
  return result.record;
}

describe('text', () => {
  it.each<[what: string, given: string, read: string]>([
    ['is trimmed', ' \t\n sore \u00a0\n', 'sore'],
    ['is NFC', 'cafe\u0301 \u1112\u1161\u11ab', 'café 한'],
    ['has line feeds for all line breaks', 'one\r\ntwo\rthree\n\nfour', 'one\ntwo\nthree\n\nfour'],
    ['keeps inner blanks and tabs', 'a  b\tc', 'a  b\tc'],
    ['keeps markup as it is', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['keeps emoji whole', '👩🏽‍⚕️', '👩🏽‍⚕️'],
  ])('%s', (_what, given, read) => {
    const changes = { '/patient/address': given, '/session/sites/0/text': given };
    const { patient, session } = clean(changes);
    expect(patient.address).toBe(read);
    expect(session?.sites?.[0]?.text).toBe(read);
  });

  it('is cleaned in words as written, in dates in words and in extras', () => {
    const { screening, local } = clean({
      '/screening/cancer/asWritten': { status: ' cafe\u0301 ' },
      '/screening/cancer/onset': { dateText: ' spring ' },
      '/local/urn:x': ' y ',
    });
    expect(screening?.cancer?.asWritten).toEqual({ status: 'café' });
    expect(screening?.cancer?.onset).toEqual({ dateText: 'spring' });
    expect(local).toHaveProperty('urn:x', 'y');
  });

  it('of a script that NFC makes longer than allowed is refused at once, not when read again', () => {
    const { ok } = readRecord(visitWith({ '/patient/address': '\u0958'.repeat(60_000) }));
    expect(ok).toBe(false);
  });
});

describe('sets and lists', () => {
  it('of codes are sorted and hold each once', () => {
    const segments = ['segment-l5', 'segment-c2', 'segment-l5'];
    expect(clean({ '/session/sites/0/segments': segments }).session?.sites?.[0]?.segments).toEqual([
      'segment-c2',
      'segment-l5',
    ]);
  });

  it('of keys and ids are sorted and hold each once', () => {
    const { events, visit } = clean({
      '/events/0/siteKeys': ['right', 'left', 'right'],
      '/practitioners/1': { id: 'pt-0' },
      '/visit/practitioners': ['pt-1', 'pt-0', 'pt-1'],
    });
    expect(events?.[0]?.siteKeys).toEqual(['left', 'right']);
    expect(visit?.practitioners).toEqual(['pt-0', 'pt-1']);
  });

  it('of items are sorted by what names them', () => {
    const { session, practitioners } = clean({
      '/session/sites/0/key': 'z',
      '/events': undefined,
      '/screening/surgeries': undefined,
      '/practitioners/1': { id: 'A' },
    });
    expect(session?.sites?.map(({ key }) => key)).toEqual(['right', 'z']);
    expect(practitioners?.map(({ id }) => id)).toEqual(['A', 'pt-1']);
  });

  it('of values without names are sorted by content and hold each once, in whatever order they came', () => {
    const needles = [{ count: 2, lengthMm: 40 }, { count: 1 }, { lengthMm: 40, count: 2 }];
    const path = '/session/sites/0/needles';
    const first = clean({ [path]: needles });
    expect(first.session?.sites?.[0]?.needles).toHaveLength(2);
    expect(clean({ [path]: needles.toReversed() })).toEqual(first);
  });

  it('of words as written are sorted by member', () => {
    const { screening } = clean({ '/screening/cancer/asWritten': { status: 'x', answer: 'y' } });
    expect(Object.keys(screening?.cancer?.asWritten ?? {})).toEqual(['answer', 'status']);
  });
});

describe('numbers', () => {
  it.each([
    ['/session/sites/0/needles/0/count', 'session'],
    ['/local/urn:x', 'local'],
  ] as const)('read -0 as 0: %s', (path, member) => {
    const result = readRecordText(textWith({ [path]: 7 }).replace(/:7(?=[,}])/, ':-0'));
    expect(result.issues).toEqual([]);
    const read = result.ok ? JSON.stringify(result.record[member]) : '';
    expect(read).toMatch(/:0[,}]/);
    expect(result).toEqual(readRecord(visitWith({ [path]: 0 })));
  });

  it('keep six decimals', () => {
    const { assessment } = clean({ '/assessment/pain/0/value': { low: 0.000001, high: 9.999999 } });
    expect(assessment?.pain?.[0]?.value).toEqual({ low: 0.000001, high: 9.999999 });
  });
});

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(arbitraryRecord(), fc.infiniteStream(fc.nat()), (record, numbers) => {
      const first = readRecord(roughen(record, numbers));
      if (!first.ok) throw new Error('refused');
      expect(first.record).toStrictEqual(record);
      expect(readRecord(first.record)).toStrictEqual(first);
    }),
    { numRuns: 200 },
  );
});

/** The same record as a careless system might send it: in another order, text untrimmed. */
function roughen(value: unknown, numbers: Iterator<number>): unknown {
  if (Array.isArray(value)) {
    const turned = numbers.next().value % 2 === 0 ? value.toReversed() : [...value];
    return turned.map((entry) => roughen(entry, numbers));
  }
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).map(([name, inside]) => {
    if (name === 'absent') return [name, inside];
    const isText = TEXTS.includes(name) && typeof inside === 'string';
    return [name, isText ? rough(inside) : roughen(inside, numbers)];
  });
  return Object.fromEntries(numbers.next().value % 2 === 0 ? pairs.toReversed() : pairs);
}

function rough(text: string): string {
  return ` ${text.normalize('NFD').replaceAll('\n', '\r\n')}\n`;
}

/** Members that hold free text wherever they stand. */
const TEXTS = ['text', 'saidByText', 'dateText', 'rationale', 'phone', 'address', 'place'];
