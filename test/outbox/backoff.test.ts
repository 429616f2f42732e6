import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from '../../src/outbox/backoff.ts';

const LONGEST = { random: () => 1 };

it('doubles the longest wait with each attempt up to five minutes', () => {
  expect([1, 2, 3, 9, 10, 1_000].map((attempt) => backoffMs(attempt, LONGEST))).toEqual([
    1_000, 2_000, 4_000, 256_000, 300_000, 300_000,
  ]);
});

it('spreads waits over the whole range (full jitter)', () => {
  expect(backoffMs(3, { random: () => 0 })).toBe(0);
  expect(backoffMs(3, { random: () => 0.5 })).toBe(2_000);
});

it('waits at least as long as the server asked, up to an hour', () => {
  expect(backoffMs(1, { retryAfterS: 30, random: () => 0 })).toBe(30_000);
  expect(backoffMs(9, { retryAfterS: 30, random: () => 1 })).toBe(256_000);
  expect(backoffMs(1, { retryAfterS: 86_400, random: () => 0 })).toBe(3_600_000);
  expect(backoffMs(1, { retryAfterS: -5, random: () => 0 })).toBe(0);
});

it('is a whole number of milliseconds within its bounds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, r) => {
        const waitMs = backoffMs(n, { random: () => r });
        return Number.isInteger(waitMs) && waitMs >= 0 && waitMs <= 300_000;
      },
    ),
  );
});
