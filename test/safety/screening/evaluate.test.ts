import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../../src/ims/records/dates.ts';
import type { Finding } from '../../../src/ims/records/findings.ts';
import type { ImsRecord } from '../../../src/ims/schema/record.ts';
import { evaluate } from '../../../src/safety/screening/evaluate.ts';
import { arbitraryRecord } from '../../arbitraries/record.ts';
import { operated, recordOf } from '../record.ts';

function siteKeysOf({ session }: ImsRecord): string[] {
  const sites = [...(session?.sites ?? []), ...(session?.sitesNotNeedled ?? [])];
  return sites.map(({ key }) => key);
}

it('evaluates every record to findings in order, at sites of the record, the same each time', () => {
  fc.assert(
    fc.property(arbitraryRecord(), (record) => {
      const findings = evaluate(record);
      expect(evaluate(structuredClone(record))).toEqual(findings);
      const items = findings.map(({ item }) => item);
      expect(items).toEqual(items.toSorted());
      const known = new Set(siteKeysOf(record));
      for (const { siteKeys = [] } of findings) {
        for (const key of siteKeys) expect(known).toContain(key);
      }
    }),
    { numRuns: 300 },
  );
});

it('has a finding for every yes, unknown or declined, except for items with a harmless yes', () => {
  const harmless = ['needleFear', 'autoimmune', 'boneLoss', 'surgeryDirect', 'surgeryAdjacent'];
  fc.assert(
    fc.property(arbitraryRecord(), (record) => {
      const members = new Set(evaluate(record).map(({ member }) => member));
      for (const [member, item] of Object.entries(record.screening ?? {})) {
        const answer = (item as { answer?: string }).answer;
        const isOpen = answer === 'unknown' || answer === 'declined' || answer === 'yes';
        if (isOpen && !harmless.includes(member)) expect(members).toContain(member);
      }
    }),
    { numRuns: 300 },
  );
});

it('excludes the site of a surgery up to the day before the earliest date', () => {
  const findingsOf = (visitOn: string, date: string, relation: string): readonly Finding[] =>
    evaluate(recordOf({ visitOn, screening: operated(date, { a: relation }), sites: ['a'] }));
  const days = fc.nat({ max: 20_000 }).map((count) => addDays('1990-01-01', count));
  fc.assert(
    fc.property(days, fc.constantFrom('direct', 'adjacent-connected'), (date, relation) => {
      const earliest = findingsOf(date, date, relation)[0]?.earliestDate ?? '';
      expect(earliest > date).toBe(true);
      expect(findingsOf(addDays(earliest, -1), date, relation)).toMatchObject([
        { class: 'absolute' },
      ]);
      expect(findingsOf(earliest, date, relation)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('returns findings in the order of the items, each with its source', () => {
  const findings = evaluate(
    recordOf({
      screening: {
        boneLoss: { answer: 'unknown' },
        pregnancy: { answer: 'yes', status: 'pregnant' },
        cancer: { answer: 'yes', status: 'cancer-survivor' },
      },
    }),
  );
  expect(findings.map(({ item }) => item)).toEqual(['C01', 'C04', 'C06']);
  expect(findings[1]).toEqual({
    item: 'C04',
    member: 'pregnancy',
    class: 'absolute',
    scope: 'session',
    source: expect.stringContaining('BC clinic IMS page'),
  });
});

it('returns no finding for a record without a screening', () => {
  expect(evaluate(recordOf({}))).toEqual([]);
});
