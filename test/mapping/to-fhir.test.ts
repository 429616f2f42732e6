// Notices at the start of narratives.
import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScreeningUnknown, SCREENING_UNKNOWN } from '../../src/chart/notices.ts';
import { NO_RULE_RESULTS } from '../../src/ims/records/findings.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { anImsRecord, aSession, aSite } from '../records.ts';

const START = '<div xmlns="http://www.w3.org/1999/xhtml"><p><b>';

function narratives(record: ImsRecord): string[] {
  return toFhir(record, NO_RULE_RESULTS).resources.flatMap(({ resource, scope }) => {
    const { text } = resource as Resource & { text?: { div?: string } };
    return scope === 'visit' && text?.div !== undefined ? [text.div] : [];
  });
}

describe('a migrated session without a screening', () => {
  it('says so at the start of each narrative of its visit', () => {
    const drawn = arbitraryRecord({ statuses: ['final', 'amended'] }).map(
      ({ screening, ...rest }) => ({ ...rest, origin: { how: 'migrated' as const } }),
    );
    fc.assert(
      fc.property(drawn.filter(isScreeningUnknown), (record) => {
        const divs = narratives(record);
        expect(divs.length).toBeGreaterThan(0);
        for (const div of divs) expect(div.startsWith(START + SCREENING_UNKNOWN)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('says so right after the notice that it is a draft or entered in error', () => {
    for (const [status, words] of [
      ['draft', /^Draft, not signed/],
      ['entered-in-error', /^ENTERED IN ERROR/],
    ] as const) {
      const session = aSession({ sites: [aSite()] });
      const record = anImsRecord({ status, origin: { how: 'migrated' }, session });
      const [procedure] = narratives(record).filter((div) => div.includes('Needled sites'));
      expect(procedure?.slice(START.length)).toMatch(words);
      const [, second] = procedure?.split('</p>') ?? [];
      expect(second).toBe(`<p><b>${SCREENING_UNKNOWN}</b>`);
    }
  });
});

describe('a record with a screening', () => {
  it('does not have the notice that no screening was recorded', () => {
    const screened = anImsRecord({
      screening: { cancer: { answer: 'no' } },
      session: aSession({ screening: { basis: 'this-record' }, sites: [aSite()] }),
    });
    expect(narratives(screened).join()).not.toContain(SCREENING_UNKNOWN);
  });
});
