import type { CarePlan, TimingRepeat } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { inEpisode, resourcesIn } from '../mapped.ts';

describe('the CarePlan of a course', () => {
  const planOf = (episode: object, others: object = {}) =>
    resourcesIn<CarePlan>(inEpisode(episode, others), 'CarePlan')[0];
  const repeatOf = (plan: object): TimingRepeat | undefined =>
    planOf({ plan })?.activity?.[0]?.detail?.scheduledTiming?.repeat;

  it.each([
    ['a total', { plannedTotal: 6 }, { count: 6 }],
    ['a minimum and maximum', { plannedMin: 3, plannedMax: 10 }, { count: 3, countMax: 10 }],
    ['a total given as a range', { plannedTotal: { low: 4, high: 6 } }, { count: 4, countMax: 6 }],
    [
      'a frequency',
      { frequency: { frequency: { low: 1, high: 2 }, period: 1, unit: 'wk' } },
      { frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'wk' },
    ],
    [
      'a period without a frequency, which R4 reads as once',
      { frequency: { period: { low: 7, high: 10 }, unit: 'd' } },
      { period: 7, periodMax: 10, periodUnit: 'd' },
    ],
  ])('represents %s as Timing', (_what, plan, repeat) => {
    expect(repeatOf(plan)).toEqual(repeat);
  });

  it.each([
    ['no lower count', { plannedMax: 10 }],
    ['no upper count', { plannedMin: 3 }],
    ['an open range', { plannedTotal: { high: 10 } }],
    ['no sessions', { plannedTotal: 0 }],
    ['no unit', { frequency: { frequency: 1, period: 1 } }],
    ['an open frequency', { frequency: { frequency: { low: 2 }, period: 1, unit: 'wk' } }],
  ])('describes %s in words only, because Timing cannot represent it', (_what, plan) => {
    const detail = planOf({ plan })?.activity?.[0]?.detail;
    expect(detail?.scheduledTiming).toBeUndefined();
    expect(detail?.description).toMatch(/\w/);
  });

  it('is not written where the record plans nothing', () => {
    expect(planOf({ complaints: [{ key: 'c', text: 'Back' }] })).toBeUndefined();
  });

  it.each([
    ['continue', 'active'],
    ['pause', 'on-hold'],
    ['stop', 'revoked'],
    ['discharge', 'completed'],
  ])('has the status that a review "%s" implies: %s', (review, status) => {
    const plan = planOf(
      { plan: { plannedTotal: 6 }, nextVisit: { date: '2026-04' } },
      { assessment: { review: { review } } },
    );
    expect(plan?.status).toBe(status);
  });

  it('stays active where only one of the complaints was reviewed', () => {
    const complaints = [
      { key: 'back', text: 'Back' },
      { key: 'neck', text: 'Neck' },
    ];
    const review = { review: 'discharge', complaintKeys: ['neck'] };
    const plan = planOf({ complaints, plan: { plannedTotal: 6 } }, { assessment: { review } });
    expect(plan?.status).toBe('active');
  });

  it('keeps plan and exercises of earlier visits, but not their next visit', () => {
    const first = inEpisode({
      plan: { plannedTotal: 6 },
      exercises: [{ key: 'x', what: 'stretching' }],
      nextVisit: { date: '2026-03-09' },
    });
    const second = inEpisode(
      { exercises: [{ key: 'y', what: 'strengthening' }] },
      { recordId: 'visit-2', visit: { date: '2026-03-09', practitioners: ['dr'] } },
    );
    const activities = (plan: CarePlan | undefined) =>
      plan?.activity?.map(({ detail }) => detail?.code?.text);
    const [later] = resourcesIn<CarePlan>(second, 'CarePlan', [first]);
    expect(activities(later)).toEqual(['Sessions of the course', 'Stretching', 'Strengthening']);
    const [earlier] = resourcesIn<CarePlan>(first, 'CarePlan', [second]);
    expect(activities(earlier)).toEqual(['Sessions of the course', 'Stretching', 'Next visit']);
  });
});
