import { describe, expect, it } from 'vitest';
import {
  isUnscreened,
  titleOf,
  titleOfSession,
  UNSCREENED,
  withTitle,
} from '../../src/chart/title.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { recordOf } from '../safety/record.ts';

const migrated = { how: 'migrated', system: 'old charts' };
const rest = { status: 'completed', technique: 'ims-session' };

describe('the first words', () => {
  it('say that a record was taken back, that nobody signed it, and what a revision corrects', () => {
    const corrections = [{ author: 'pt', at: '2026-05-04T11:00:00-07:00', text: 'Wrong side' }];
    const headings = (record: object) =>
      titleOf(record as ImsRecord).map(({ heading, lines }) => [heading, lines.length]);
    expect(headings({ status: 'entered-in-error' })).toEqual([['ENTERED IN ERROR', 1]]);
    expect(headings({ status: 'draft' })).toEqual([['Draft, not signed', 1]]);
    expect(titleOf({ status: 'amended', corrections } as unknown as ImsRecord)[0]?.lines).toEqual([
      'Corrected 2026-05-04 11:00 -07:00 by pt: Wrong side',
    ]);
  });

  it('say that nothing was inserted, of such a session alone', () => {
    const session = { status: 'not-done' };
    expect(titleOfSession({ session } as ImsRecord)[0]?.heading).toBe('NOT DONE');
    expect(titleOfSession({ session: { status: 'stopped' } } as ImsRecord)).toEqual([]);
    expect(titleOfSession({} as ImsRecord)).toEqual([]);
  });
});

describe('a screening that nobody knows', () => {
  const record = (others: Record<string, unknown>) => recordOf({ others });

  it('is one of a migrated visit that holds none and names none', () => {
    const session = { ...rest, screening: { basis: 'screening-not-documented' } };
    expect(isUnscreened(record({ origin: migrated, session }))).toBe(true);
    expect(isUnscreened(record({ origin: migrated, session, screening: { text: 'seen' } }))).toBe(
      false,
    );
    expect(isUnscreened(record({ session }))).toBe(false);
    const other = { ...rest, screening: { basis: 'other-record', recordId: 'V0' } };
    expect(isUnscreened(record({ origin: migrated, session: other }))).toBe(false);
  });
});

describe('a title put before a narrative', () => {
  const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p><b>Draft</b><br />x</p><p>y</p></div>';

  it('stands first, or second where the status comes before it, and never twice', () => {
    const first = withTitle(div, UNSCREENED, 'first');
    expect(first).toContain(`xhtml"><p><b>${UNSCREENED}</b></p><p><b>Draft`);
    expect(withTitle(first, UNSCREENED, 'first')).toBe(first);
    expect(withTitle(div, UNSCREENED, 'second')).toContain(`x</p><p><b>${UNSCREENED}</b></p><p>y`);
  });
});
