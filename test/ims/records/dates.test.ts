import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../src/ims/reader/read.ts';
import {
  addDays,
  addMonths,
  civilDate,
  firstDay,
  firstDayOf,
  isFullDate,
  lastDay,
  lastDayOf,
  visitDate,
} from '../../../src/ims/records/dates.ts';
import { visitWith } from '../sample.ts';

it.each([
  ['2026', '2026-01-01', '2026-12-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2026-11', '2026-11-01', '2026-11-30'],
  ['2026-03-05', '2026-03-05', '2026-03-05'],
  ['0026', '0026-01-01', '0026-12-31'],
])('%s may be any day from %s to %s', (partial, first, last) => {
  expect([firstDay(partial), lastDay(partial)]).toEqual([first, last]);
  expect([firstDayOf(partial), lastDayOf(partial)]).toEqual([first, last]);
});

it.each([
  [{ dateText: 'spring' }, undefined, undefined],
  [{ dateText: 'spring', date: '2026' }, '2026-01-01', '2026-12-31'],
  [{ dateText: 'spring', latestDate: '2026-05' }, undefined, '2026-05-31'],
  [{ dateText: 'spring', date: '2026-04', latestDate: '2026-05' }, '2026-04-01', '2026-04-30'],
])('%j runs from %s to %s', (value, first, last) => {
  expect([firstDayOf(value), lastDayOf(value)]).toEqual([first, last]);
});

it('distinguishes a full date from a partial one', () => {
  expect(['2026', '2026-03', '2026-03-05'].map(isFullDate)).toEqual([false, false, true]);
});

describe('months', () => {
  it.each([
    ['2025-11-30', 3, '2026-02-28'],
    ['2023-11-30', 3, '2024-02-29'],
    ['2026-03-31', 3, '2026-06-30'],
    ['2026-08-10', 3, '2026-11-10'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-01-31', 12, '2027-01-31'],
    ['9999-11-30', 3, '9999-12-31'],
  ])('%s plus %i is %s', (date, months, later) => expect(addMonths(date, months)).toBe(later));
});

describe('days', () => {
  it.each([
    ['2026-03-31', 42, '2026-05-12'],
    ['2026-08-10', 42, '2026-09-21'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['0026-12-31', 1, '0027-01-01'],
    ['9999-12-31', 1, '9999-12-31'],
  ])('%s plus %i is %s', (date, days, later) => expect(addDays(date, days)).toBe(later));

  it('added one by one give the same date as added at once', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
        fc.nat(60),
        (date, days) => {
          const from = date.toISOString().slice(0, 10);
          let oneByOne = from;
          for (let day = 0; day < days; day++) oneByOne = addDays(oneByOne, 1);
          expect(addDays(from, days)).toBe(oneByOne);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the civil date of an instant', () => {
  it.each([
    ['2026-03-02T23:59:59-08:00', 'America/Vancouver', '2026-03-02'],
    ['2026-03-03T07:59:59Z', 'America/Vancouver', '2026-03-02'],
    ['2026-03-03T08:00:00Z', 'America/Vancouver', '2026-03-03'],
    ['2026-03-02T10:00:00Z', 'Pacific/Kiritimati', '2026-03-03'],
    ['2026-03-02T18:29:59Z', 'Asia/Kolkata', '2026-03-02'],
    ['2026-03-02T18:30:00Z', 'Asia/Kolkata', '2026-03-03'],
    // British Columbia stays on daylight saving time (UTC-7) from 2026 on.
    ['2026-12-15T07:30:00Z', 'America/Vancouver', '2026-12-15'],
    ['2025-12-15T07:30:00Z', 'America/Vancouver', '2025-12-14'],
  ])('%s in %s is %s', (instant, zone, date) => expect(civilDate(instant, zone)).toBe(date));
});

describe('the date of a visit', () => {
  const dateOf = (changes: Readonly<Record<string, unknown>>) => {
    const result = readRecord(visitWith(changes));
    return result.ok ? visitDate(result.record) : 'invalid record';
  };

  it("is the day in the clinic's time zone", () => {
    const startAt = '2026-03-03T07:30:00Z';
    const visit = { practitioners: ['pt-1'], startAt };
    expect(dateOf({ '/visit': visit })).toBe('2026-03-02');
    expect(dateOf({ '/visit': visit, '/clinic/timeZone': 'Europe/Zurich' })).toBe('2026-03-03');
  });

  it('is the charted date, or undefined without a full date', () => {
    const visit = { practitioners: ['pt-1'] };
    expect(dateOf({ '/visit': { ...visit, date: '2026-03-02' } })).toBe('2026-03-02');
    expect(dateOf({ '/visit': { ...visit, date: '2026-03' } })).toBeUndefined();
    expect(dateOf({ '/visit': { ...visit, asWritten: { date: 'spring' } } })).toBeUndefined();
  });
});
