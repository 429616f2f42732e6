// Consent given before or after a refusal or withdrawal, decided on the clinic's calendar.
import { describe, expect, it } from 'vitest';
import {
  consentInForce,
  isConsentGivenAfter,
  type Refusal,
} from '../../../src/ims/records/consent-in-force.ts';
import type { Consent } from '../../../src/ims/schema/consent.ts';

const zone = (timeZone: string) => ({ id: 'c', timeZone });
const VANCOUVER = zone('America/Vancouver');
const KIRITIMATI = zone('Pacific/Kiritimati');

const given = (members: Partial<Consent>): Consent => ({
  key: 'c',
  given: 'yes',
  by: 'patient',
  ...members,
});

describe('a consent with an instant', () => {
  it.each([
    ['2026-03-02T09:00:01-08:00', true],
    ['2026-03-02T09:00:00-08:00', false],
    // The same instant, written with another offset.
    ['2026-03-03T02:00:00+09:00', false],
    ['2026-03-03T02:00:01+09:00', true],
  ])('at %s is later than a withdrawal at 09:00:00-08:00: %s', (givenAt, isLater) => {
    const consent = given({ givenAt });
    expect(isConsentGivenAfter(consent, '2026-03-02T09:00:00-08:00', VANCOUVER)).toBe(isLater);
  });
});

describe('a consent with a date alone', () => {
  it.each([
    ['the evening of 2 March in Vancouver, in UTC', '2026-03-03T05:00:00Z', VANCOUVER, true],
    ['the same instant in local time', '2026-03-02T21:00:00-08:00', VANCOUVER, true],
    ['the last second of 2 March in Vancouver', '2026-03-03T07:59:59Z', VANCOUVER, true],
    ['midnight in Vancouver, written as 2 March', '2026-03-02T21:00:00-11:00', VANCOUVER, false],
    ['midnight in Vancouver, in UTC', '2026-03-03T08:00:00Z', VANCOUVER, false],
    ['3 March in Kiritimati, still 2 March in UTC', '2026-03-02T10:00:00Z', KIRITIMATI, false],
    ['2 March in Kiritimati', '2026-03-02T09:59:59Z', KIRITIMATI, true],
    ['2 March in its own offset, no clinic', '2026-03-02T23:59:59-08:00', undefined, true],
    ['3 March in its own offset, no clinic', '2026-03-03T00:00:00+14:00', undefined, false],
  ])('3 March, against a refusal at %s', (_, at, clinic, isLater) => {
    expect(isConsentGivenAfter(given({ givenDate: '2026-03-03' }), at, clinic)).toBe(isLater);
  });

  it.each([
    // Clocks in Vancouver went forward at 02:00 on 9 March 2025 and back at 02:00 on 2 November.
    ['2025-03-10', '2025-03-10T06:59:59Z', true],
    ['2025-03-10', '2025-03-10T07:00:00Z', false],
    ['2025-03-09', '2025-03-09T07:59:59Z', true],
    ['2025-03-09', '2025-03-09T08:00:00Z', false],
    ['2025-11-03', '2025-11-03T07:59:59Z', true],
    ['2025-11-03', '2025-11-03T08:00:00Z', false],
  ])('%s, around a change of clocks, against %s: %s', (givenDate, at, isLater) => {
    expect(isConsentGivenAfter(given({ givenDate }), at, VANCOUVER)).toBe(isLater);
  });

  it.each([
    ['2026-04', '2026-03-31T23:00:00-07:00', true],
    ['2026-04', '2026-04-01T06:59:59Z', true],
    ['2026-04', '2026-04-01T12:00:00-07:00', false],
    ['2026', '2025-12-31T23:00:00-08:00', true],
    ['2025', '2025-12-31T23:00:00-08:00', false],
  ])('%s counts from its first possible day, against %s: %s', (givenDate, at, isLater) => {
    expect(isConsentGivenAfter(given({ givenDate }), at, VANCOUVER)).toBe(isLater);
  });

  it('in words only is never known to be later', () => {
    const consent = given({
      givenDate: { dateText: 'at the next visit', latestDate: '2026-05-01' },
    });
    expect(isConsentGivenAfter(consent, '2026-03-02T09:00:00-08:00', VANCOUVER)).toBe(false);
  });

  it('and none at all is never known to be later', () => {
    expect(isConsentGivenAfter(given({}), '2026-03-02T09:00:00-08:00', VANCOUVER)).toBe(false);
  });
});

describe('a withdrawal', () => {
  it('ends a consent of the same day in the clinic, whatever day its own offset shows', () => {
    const withdrawal: Refusal = {
      key: 'w',
      what: 'consent-withdrawn',
      at: '2026-03-03T08:30:00Z',
    };
    const consent = given({ givenDate: '2026-03-03' });
    expect(consentInForce(consent, [withdrawal], VANCOUVER).status).toBe('inactive');
    const evening: Refusal = { ...withdrawal, at: '2026-03-03T05:00:00Z' };
    expect(consentInForce(consent, [evening], VANCOUVER).status).toBe('active');
    // Without a clinic the day is that of the offset, here UTC: the same day.
    expect(consentInForce(consent, [evening], undefined).status).toBe('inactive');
  });
});
