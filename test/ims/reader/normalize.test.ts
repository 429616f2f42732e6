import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord, readRecordText } from '../../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../../arbitraries/record.ts';
import { textWith, visitWith } from '../sample.ts';

/** The record with these changes in normal form; fails if it is rejected. */
function normalForm(changes: Readonly<Record<string, unknown>>): ImsRecord {
  const result = readRecord(visitWith(changes));
  expect(result.issues).toEqual([]);
  if (!result.ok) throw new Error('rejected');
  return result.record;
}

describe('text', () => {
  it.each<[what: string, given: string, read: string]>([
    ['is trimmed', ' \t\n sore \u00a0\n', 'sore'],
    ['is NFC', 'cafe\u0301 \u1112\u1161\u11ab', 'café 한'],
    ['has line feeds for all line breaks', 'one\r\ntwo\rthree\n\nfour', 'one\ntwo\nthree\n\nfour'],
    ['keeps inner spaces and tabs', 'a  b\tc', 'a  b\tc'],
    ['keeps markup unchanged', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['keeps emoji sequences', '👩🏽‍⚕️', '👩🏽‍⚕️'],
  ])('%s', (_what, given, read) => {
    const changes = { '/patient/address': given, '/session/sites/0/text': given };
    const { patient, session } = normalForm(changes);
    expect(patient.address).toBe(read);
    expect(session?.sites?.[0]?.text).toBe(read);
  });

  it('is normalised in asWritten, in dates in words and in extras', () => {
    const { screening, local } = normalForm({
      '/screening/cancer/asWritten': { status: ' cafe\u0301 ' },
      '/screening/cancer/onset': { dateText: ' spring ' },
      '/local/urn:x': ' y ',
    });
    expect(screening?.cancer?.asWritten).toEqual({ status: 'café' });
    expect(screening?.cancer?.onset).toEqual({ dateText: 'spring' });
    expect(local).toHaveProperty('urn:x', 'y');
  });

  it('that NFC makes longer than allowed is rejected the first time and not when it is read again', () => {
    const { ok } = readRecord(visitWith({ '/patient/address': '\u0958'.repeat(60_000) }));
    expect(ok).toBe(false);
  });
});

describe('sets and lists', () => {
  it('of codes are sorted, without duplicates', () => {
    const segments = ['segment-l5', 'segment-c2', 'segment-l5'];
    expect(
      normalForm({ '/session/sites/0/segments': segments }).session?.sites?.[0]?.segments,
    ).toEqual(['segment-c2', 'segment-l5']);
  });

  it('of keys and ids are sorted, without duplicates', () => {
    const { events, visit } = normalForm({
      '/events/0/siteKeys': ['right', 'left', 'right'],
      '/practitioners/1': { id: 'pt-0' },
      '/visit/practitioners': ['pt-1', 'pt-0', 'pt-1'],
    });
    expect(events?.[0]?.siteKeys).toEqual(['left', 'right']);
    expect(visit?.practitioners).toEqual(['pt-0', 'pt-1']);
  });

  it('of items are sorted by key or id', () => {
    const { session, practitioners } = normalForm({
      '/session/sites/0/key': 'z',
      '/events': undefined,
      '/screening/surgeries': undefined,
      '/practitioners/1': { id: 'A' },
    });
    expect(session?.sites?.map(({ key }) => key)).toEqual(['right', 'z']);
    expect(practitioners?.map(({ id }) => id)).toEqual(['A', 'pt-1']);
  });

  it('of items without key are sorted by content, without duplicates', () => {
    const needles = [{ count: 2, lengthMm: 40 }, { count: 1 }, { lengthMm: 40, count: 2 }];
    const path = '/session/sites/0/needles';
    const first = normalForm({ [path]: needles });
    expect(first.session?.sites?.[0]?.needles).toHaveLength(2);
    expect(normalForm({ [path]: needles.toReversed() })).toEqual(first);
  });

  it('of wordings are sorted by member', () => {
    const { screening } = normalForm({
      '/screening/cancer/asWritten': { status: 'x', answer: 'y' },
    });
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
    const { assessment } = normalForm({
      '/assessment/pain/0/value': { low: 0.000001, high: 9.999999 },
    });
    expect(assessment?.pain?.[0]?.value).toEqual({ low: 0.000001, high: 9.999999 });
  });
});

it('a record in normal form is read unchanged', () => {
  fc.assert(
    fc.property(arbitraryRecord(), fc.infiniteStream(fc.nat()), (record, numbers) => {
      const first = readRecord(roughen(record, numbers));
      if (!first.ok) throw new Error('rejected');
      expect(first.record).toStrictEqual(record);
      expect(readRecord(first.record)).toStrictEqual(first);
    }),
    { numRuns: 200 },
  );
});

/** The same record in another order, with untrimmed text. */
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

/** Names of members that are free text in every object. */
const TEXTS = ['text', 'saidByText', 'dateText', 'rationale', 'phone', 'address', 'place'];
