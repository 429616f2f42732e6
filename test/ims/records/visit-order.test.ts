import { describe, expect, it } from 'vitest';
import { visitOrder } from '../../../src/ims/records/visit-order.ts';
import { anImsRecord, type Json } from '../../records.ts';

const recordedAt = '2026-03-20T09:00:00-07:00';
const visitAt = (visit: Json) =>
  anImsRecord({ visit: { practitioners: ['dr'], ...visit }, recordedAt });
const contactOn = (date: unknown) =>
  anImsRecord({
    kind: 'contact',
    visit: undefined,
    assessment: undefined,
    recordedAt,
    contacts: [{ key: 'c', date, direction: 'incoming', means: 'telephone', with: ['patient'] }],
  });

describe('the order of visits', () => {
  it.each([
    ['a full date', '2026-03-08'],
    ['a date with a remark', { date: '2026-03-08', dateText: 'or the day after' }],
    ['words with a latest day', { dateText: 'before the long weekend', latestDate: '2026-03-08' }],
  ])('takes the day of a contact from %s', (_name, date) => {
    const contact = visitOrder(contactOn(date));
    expect(contact > visitOrder(visitAt({ startAt: '2026-03-08T20:00:00Z' }))).toBe(true);
    expect(contact < visitOrder(visitAt({ startAt: '2026-03-09T20:00:00Z' }))).toBe(true);
  });

  it('takes the last day of a partial date, and the recording where no day is known', () => {
    const month = visitOrder(visitAt({ startAt: undefined, date: '2026-02' }));
    expect(month > visitOrder(visitAt({ startAt: '2026-02-28T20:00:00Z' }))).toBe(true);
    expect(month < visitOrder(visitAt({ startAt: '2026-03-01T20:00:00Z' }))).toBe(true);
    const unknown = visitOrder(contactOn({ dateText: 'some day' }));
    expect(unknown > visitOrder(visitAt({ startAt: '2026-03-19T20:00:00Z' }))).toBe(true);
  });
});
