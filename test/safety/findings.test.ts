import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../src/ims/records/dates.ts';
import type { Finding } from '../../src/ims/records/findings.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { evaluate, isS4ListClear } from '../../src/safety/screening/evaluate.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { operated, recordOf } from './record.ts';

function keysOf({ session }: ImsRecord): string[] {
  const sites = [...(session?.sites ?? []), ...(session?.sitesNotNeedled ?? [])];
  return sites.map(({ key }) => key);
}

it('every record has findings of the right shape, the same each time', () => {
  fc.assert(
    fc.property(arbitraryRecord(), (record) => {
      const findings = evaluate(record);
      expect(evaluate(structuredClone(record))).toEqual(findings);
      const rows = findings.map(({ item }) => item);
      expect(rows).toEqual(rows.toSorted());
      const sites = new Set(keysOf(record));
      for (const { siteKeys = [] } of findings) {
        for (const key of siteKeys) expect(sites).toContain(key);
      }
      if (rows.some((row) => row <= 'C08')) expect(isS4ListClear(record)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('a yes, unknown or declined never comes to nothing but where its row says so', () => {
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

it('an operation keeps off its site up to the day before the earliest date, not on it', () => {
  const found = (visitOn: string, date: string, relation: string): readonly Finding[] =>
    evaluate(recordOf({ visitOn, screening: operated(date, { a: relation }), sites: ['a'] }));
  const days = fc.nat({ max: 20_000 }).map((count) => addDays('1990-01-01', count));
  fc.assert(
    fc.property(days, fc.constantFrom('direct', 'adjacent-connected'), (date, relation) => {
      const earliest = found(date, date, relation)[0]?.earliestDate ?? '';
      expect(earliest > date).toBe(true);
      expect(found(addDays(earliest, -1), date, relation)).toMatchObject([{ class: 'absolute' }]);
      expect(found(earliest, date, relation)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
