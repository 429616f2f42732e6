import { expect, it } from 'vitest';
import { timeSpanOf } from '../../src/fhir/dates.ts';

it.each([
  ['2026', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
  ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z', '2026-03-01T23:59:59.999Z'],
  ['2026-03-01T10:15', '2026-03-01T10:15:00.000Z', '2026-03-01T10:15:59.999Z'],
  ['2026-03-01T10:15:20-07:00', '2026-03-01T17:15:20.000Z', '2026-03-01T17:15:20.999Z'],
  ['2026-03-01T10:15:20.5+05:30', '2026-03-01T04:45:20.500Z', '2026-03-01T04:45:20.500Z'],
  ['2026-03-01T10:15:20.123456Z', '2026-03-01T10:15:20.123Z', '2026-03-01T10:15:20.123Z'],
])('%s covers the time from %s to %s', (text, from, to) => {
  const span = timeSpanOf(text);
  expect(new Date(span?.fromMs ?? Number.NaN).toISOString()).toBe(from);
  expect(new Date(span?.toMs ?? Number.NaN).toISOString()).toBe(to);
});

it.each([
  '',
  '26',
  '2026-13',
  '2026-02-30',
  '2026-02-29T10:00:00Z',
  '2026-03-01T25:00',
  'gt2026',
  '2026-03-01 10:00',
])('%j is not a valid date', (text) => expect(timeSpanOf(text)).toBeUndefined());
