// What holds of every record kept with the bundle it becomes. UPDATE_GOLDEN=1 writes each bundle.json
// anew instead of comparing with it; look at the difference before you commit it.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { mapRecord, unmapBundle, validateRecord } from '../../src/adapter.ts';
import { readRecord, readRecordText } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { isSameRecord } from '../../src/ims/records/normal-form.ts';
import { type Case, recordOf } from './cases.ts';

/** Holds each case to what it keeps, in both directions. */
export function holdsEach(cases: readonly Case[]): void {
  describe('the records', () => {
    it('are of different records, each with a source and id of its own', () => {
      const names = cases
        .map((one) => recordOf(one))
        .map(({ source, recordId }) => source + recordId);
      expect(new Set(names).size).toBe(cases.length);
    });
  });

  describe.each([...cases])('$name', (one) => {
    const record = recordOf(one);
    const mapped = mapRecord(record);
    const { staffEvents: _staff, ...sent } = record;

    it('can be read, and nothing in it is an error', () => {
      const issues = validateRecord(readRecordText(one.text));
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    });

    it('stands in normal form, printed for people', () => {
      expect(record).toEqual(JSON.parse(one.text));
      expect(one.text).toBe(printed(JSON.parse(one.text)));
    });

    it('keeps the clock of its clinic', () => {
      for (const [instant] of one.text.matchAll(INSTANT)) {
        expect(offsetAt(instant, record)).toBe(instant.slice(-6));
      }
    });

    it('names no address that anybody could own', () => {
      const hosts = [...one.text.matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host);
      expect(hosts.filter((host) => !host?.endsWith('.example'))).toEqual([]);
    });

    it('gives the transaction that stands beside it', () => {
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(one.golden, printed(mapped.bundle));
      expect(printed(mapped.bundle)).toBe(readFileSync(one.golden, 'utf8'));
    });

    it('gives the same bytes each time, whatever the order of its members', () => {
      const again = readRecord(reversed(JSON.parse(one.text)));
      if (!again.ok) throw new Error('cannot be read in another order');
      expect(printed(mapRecord(again.record).bundle)).toBe(printed(mapped.bundle));
    });

    it('loses nothing but what concerns staff', () => {
      const lost = record.staffEvents === undefined ? [] : ['/staffEvents'];
      expect(mapped.losses.map(({ path }) => path)).toEqual(lost);
    });

    it('comes back whole', () => {
      expectBack(sent, mapped.bundle);
    });

    it('comes back without narratives and documents, nothing but these amiss', () => {
      const { documents: _files, notes: _words, ...rest } = sent;
      // Of a visit of documents alone nothing is left, and that is told.
      if (readRecord(rest).ok) expectBack(rest, bare(mapped.bundle), ['unknown-key']);
      else expect(codesBack(bare(mapped.bundle))).toEqual(['empty-visit']);
    });
  });
}

function printed(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/g;

/** The offset a clock on the clinic's wall shows at that moment. */
function offsetAt(instant: string, { clinic }: ImsRecord): string | undefined {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: clinic?.timeZone ?? 'UTC',
    timeZoneName: 'longOffset',
  });
  const parts = format.formatToParts(new Date(instant));
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '');
}

/** The same value with the members of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, reversed(inner)]);
  return Object.fromEntries(entries.reverse());
}

/** `told` are codes of what may be said of the record all the same. */
function expectBack(record: ImsRecord, bundle: Bundle, told: readonly string[] = []): void {
  const { visits, issues } = unmapBundle(bundle);
  expect(issues).toEqual([]);
  expect(visits).toHaveLength(1);
  const [visit] = visits;
  expect(visit?.issues.filter(({ code }) => !told.includes(code))).toEqual([]);
  expect(visit?.losses).toEqual([]);
  if (visit?.record === undefined) throw new Error('no record came back');
  expect(visit.record).toEqual(record);
  expect(isSameRecord(visit.record, record)).toBe(true);
}

function codesBack(bundle: Bundle): string[] {
  return unmapBundle(bundle).visits.flatMap(({ issues }) => issues.map(({ code }) => code));
}

/** What a server keeps that stores no documents and writes its own narratives. */
function bare(bundle: Bundle): Bundle {
  const entries = (bundle.entry ?? []).filter(
    ({ resource }) =>
      resource?.resourceType !== 'DocumentReference' && resource?.resourceType !== 'Binary',
  );
  return { ...bundle, entry: entries.map(withoutText) };
}

function withoutText(entry: BundleEntry): BundleEntry {
  const { text, ...resource } = { text: undefined, ...entry.resource };
  return { ...entry, resource } as BundleEntry;
}
