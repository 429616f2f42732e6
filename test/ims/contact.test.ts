import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/ims/reader/read.ts';
import { told, visitWith } from './sample.ts';

const contact = (key: string) => ({ key, at: '2026-03-03T09:00:00-08:00', means: 'telephone' });
const call = (changes: Record<string, unknown> = {}) =>
  readRecord(
    visitWith({
      '/kind': 'contact',
      '/visit': undefined,
      '/session': undefined,
      '/screening/surgeries': undefined,
      '/events': undefined,
      '/contacts': [contact('call')],
      ...changes,
    }),
  );

describe('a record of kind contact', () => {
  it('holds what was assessed, screened and told by it, and no visit', () => {
    expect(told(call())).toEqual([]);
  });

  it('is told each thing it may not hold at once', () => {
    const { visit, session } = visitWith();
    const issues = told(
      call({ '/visit': visit, '/session': session, '/contacts': [contact('a'), contact('b')] }),
    );
    expect(issues).toEqual([
      'exactly-one /contacts',
      'contradiction /session',
      'contradiction /visit',
    ]);
  });

  it('needs its contact', () => {
    expect(told(call({ '/contacts': undefined }))).toEqual(['exactly-one /contacts']);
  });

  it('needs a time for it, of one kind', () => {
    const timeless = { key: 'call', means: 'telephone' };
    const twice = { ...contact('call'), date: '2026-03-03' };
    for (const one of [timeless, twice]) {
      expect(told(call({ '/contacts': [one] }))).toEqual(['exactly-one /contacts/0']);
    }
  });
});

describe('an event told before', () => {
  const event = (continues: unknown) => ({
    '/events': [{ key: 'sore', code: 'soreness', considered: 'expected', continues }],
  });

  it('may have had the same key in another record', () => {
    const continues = { recordId: 'visit-1000', key: 'sore' };
    expect(told(readRecord(visitWith(event(continues))))).toEqual([]);
  });

  it('must be an item of this record where no other is named', () => {
    expect(told(readRecord(visitWith(event({ key: 'bruise' }))))).toEqual([
      'unknown-key /events/0/continues/key',
    ]);
  });
});
