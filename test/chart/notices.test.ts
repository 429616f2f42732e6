import { describe, expect, it } from 'vitest';
import {
  insertNotice,
  isScreeningUnknown,
  recordNotices,
  SCREENING_UNKNOWN,
  sessionNotices,
} from '../../src/chart/notices.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { anImsRecord, aSession } from '../records.ts';

const migrated = { how: 'migrated', system: 'old charts' };

describe('the notices on a record', () => {
  it('report a retracted or unsigned record, and what a revision corrects', () => {
    const corrections = [{ author: 'pt', at: '2026-05-04T11:00:00-07:00', text: 'Wrong side' }];
    const headings = (record: object) =>
      recordNotices(record as ImsRecord).map(({ heading, lines }) => [heading, lines.length]);
    expect(headings({ status: 'entered-in-error' })).toEqual([['ENTERED IN ERROR', 1]]);
    expect(headings({ status: 'draft' })).toEqual([['Draft, not signed', 1]]);
    expect(
      recordNotices({ status: 'amended', corrections } as unknown as ImsRecord)[0]?.lines,
    ).toEqual(['Corrected 2026-05-04 11:00 -07:00 by pt: Wrong side']);
  });

  it('report a session that was not performed', () => {
    const session = { status: 'not-done' };
    expect(sessionNotices({ session } as ImsRecord)[0]?.heading).toBe('NOT DONE');
    expect(sessionNotices({ session: { status: 'stopped' } } as ImsRecord)).toEqual([]);
    expect(sessionNotices({} as ImsRecord)).toEqual([]);
  });
});

describe('an unknown screening', () => {
  it('is that of a migrated visit without a screening of its own or in another record', () => {
    const session = aSession({ screening: { basis: 'screening-not-documented' } });
    expect(isScreeningUnknown(anImsRecord({ origin: migrated, session }))).toBe(true);
    expect(
      isScreeningUnknown(anImsRecord({ origin: migrated, session, screening: { text: 'seen' } })),
    ).toBe(false);
    expect(isScreeningUnknown(anImsRecord({ session }))).toBe(false);
    const other = aSession({ screening: { basis: 'other-record', recordId: 'V0' } });
    expect(isScreeningUnknown(anImsRecord({ origin: migrated, session: other }))).toBe(false);
  });
});

describe('a notice inserted into a narrative', () => {
  const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p><b>Draft</b><br />x</p><p>y</p></div>';

  it('is the first paragraph, or the second after the status, and is never repeated', () => {
    const first = insertNotice(div, SCREENING_UNKNOWN, 'first');
    expect(first).toContain(`xhtml"><p><b>${SCREENING_UNKNOWN}</b></p><p><b>Draft`);
    expect(insertNotice(first, SCREENING_UNKNOWN, 'first')).toBe(first);
    expect(insertNotice(div, SCREENING_UNKNOWN, 'second')).toContain(
      `x</p><p><b>${SCREENING_UNKNOWN}</b></p><p>y`,
    );
  });
});
