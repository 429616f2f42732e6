import type {
  CarePlan,
  Condition,
  Goal,
  Provenance,
  ServiceRequest,
  TimingRepeat,
} from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { resourcesIn, visit } from './records.ts';

const inEpisode = (episode: object, more: object = {}) =>
  visit({ episode: { id: 'e', ...episode }, ...more });

describe('a condition of the episode', () => {
  const complaints = [
    { key: 'back', text: 'Back pain\nfor years', course: { onset: '2024' } },
    {
      key: 'neck',
      text: 'Neck',
      condition: 'neck-pain',
      course: { onset: { dateText: 'a fall' } },
    },
  ];
  const indications = [
    { key: 'elbow', condition: 'tennis-elbow', side: 'left' },
    { key: 'words', text: 'Overuse' },
  ];

  it('is one for each complaint and each working diagnosis, active and no entry of the problem list', () => {
    const all = resourcesIn<Condition>(inEpisode({ complaints, indications }), 'Condition');
    expect(all.map(({ code }) => code?.text)).toEqual([
      'Back pain for years',
      'Neck',
      'Tennis elbow, left',
      'Overuse',
    ]);
    for (const { clinicalStatus, verificationStatus, category } of all) {
      expect(clinicalStatus?.coding?.[0]?.code).toBe('active');
      expect(verificationStatus).toBeUndefined();
      expect(category?.[0]?.coding?.[0]?.code).toBe('encounter-diagnosis');
    }
  });

  it('says when it began as the chart does, and its side without a code for a body structure', () => {
    const [back, neck, elbow] = resourcesIn<Condition>(
      inEpisode({ complaints, indications }),
      'Condition',
    );
    expect(back?.onsetDateTime).toBe('2024');
    expect(neck?.onsetString).toBe('a fall');
    expect(elbow?.bodySite).toEqual([{ text: 'Left' }]);
  });

  it('is entered in error with its record, without a clinical status', () => {
    const record = inEpisode({ complaints }, { revision: 2, status: 'entered-in-error' });
    const [back] = resourcesIn<Condition>(record, 'Condition');
    expect(back?.clinicalStatus).toBeUndefined();
    expect(back?.verificationStatus?.coding?.[0]?.code).toBe('entered-in-error');
  });
});

describe('a goal', () => {
  const goals = [
    { key: 'one', goal: 'reduce-pain', targetDate: '2026-06' },
    { key: 'two', goal: 'other', text: 'Carry the child' },
  ];
  const reviewed = (goalsMet: string) => ({
    assessment: { review: { review: 'continue', goalsMet } },
  });
  const achieved = (list: readonly object[], goalsMet: string) =>
    resourcesIn<Goal>(inEpisode({ goals: list }, reviewed(goalsMet)), 'Goal').map(
      ({ achievementStatus }) => achievementStatus?.coding?.[0]?.code,
    );

  it('is active, with its words and the date it is wanted by', () => {
    const [one, two] = resourcesIn<Goal>(inEpisode({ goals }), 'Goal');
    expect(one).toMatchObject({
      lifecycleStatus: 'active',
      description: { text: 'Reduce pain' },
      target: [{ dueDate: '2026-06' }],
    });
    expect(two?.description.text).toBe('Carry the child');
    expect(two?.target).toBeUndefined();
  });

  it('is about the complaint it names, or about the only one there is', () => {
    const complaints = [
      { key: 'back', text: 'Back' },
      { key: 'neck', text: 'Neck' },
    ];
    const named = [{ ...goals[0], complaintKeys: ['neck'] }, goals[1]];
    const about = (episode: object) =>
      resourcesIn<Goal>(inEpisode(episode), 'Goal').map(({ addresses = [] }) =>
        addresses.map(({ display }) => display),
      );
    expect(about({ complaints, goals: named })).toEqual([['Neck'], []]);
    expect(about({ complaints: complaints.slice(0, 1), goals })).toEqual([['Back'], ['Back']]);
  });

  it('is achieved once the review says so of all; "not met" of several does not say which', () => {
    expect(achieved(goals, 'yes')).toEqual(['achieved', 'achieved']);
    expect(achieved(goals, 'no')).toEqual([undefined, undefined]);
    expect(achieved(goals.slice(0, 1), 'no')).toEqual(['not-achieved']);
    expect(achieved(goals, 'unknown')).toEqual([undefined, undefined]);
  });
});

describe('the plan of a course', () => {
  const planOf = (episode: object, more: object = {}) =>
    resourcesIn<CarePlan>(inEpisode(episode, more), 'CarePlan')[0];
  const repeatOf = (plan: object): TimingRepeat | undefined =>
    planOf({ plan })?.activity?.[0]?.detail?.scheduledTiming?.repeat;

  it.each([
    ['a total', { plannedTotal: 6 }, { count: 6 }],
    ['a span', { plannedMin: 3, plannedMax: 10 }, { count: 3, countMax: 10 }],
    ['a total given as a range', { plannedTotal: { low: 4, high: 6 } }, { count: 4, countMax: 6 }],
    [
      'a frequency',
      { frequency: { frequency: { low: 1, high: 2 }, period: 1, unit: 'wk' } },
      { frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'wk' },
    ],
    [
      'a period alone, which R4 reads as once',
      { frequency: { period: { low: 7, high: 10 }, unit: 'd' } },
      { period: 7, periodMax: 10, periodUnit: 'd' },
    ],
  ])('holds %s as charted', (_what, plan, repeat) => {
    expect(repeatOf(plan)).toEqual(repeat);
  });

  it.each([
    ['no lower count', { plannedMax: 10 }],
    ['no upper count', { plannedMin: 3 }],
    ['an open range', { plannedTotal: { high: 10 } }],
    ['no sessions', { plannedTotal: 0 }],
    ['no unit', { frequency: { frequency: 1, period: 1 } }],
    ['a frequency that is open', { frequency: { frequency: { low: 2 }, period: 1, unit: 'wk' } }],
  ])('says in words only what Timing cannot: %s', (_what, plan) => {
    const detail = planOf({ plan })?.activity?.[0]?.detail;
    expect(detail?.scheduledTiming).toBeUndefined();
    expect(detail?.description).toMatch(/\w/);
  });

  it('is not made up where the record plans nothing', () => {
    expect(planOf({ complaints: [{ key: 'c', text: 'Back' }] })).toBeUndefined();
  });

  it.each([
    ['continue', 'active'],
    ['pause', 'on-hold'],
    ['stop', 'revoked'],
    ['discharge', 'completed'],
  ])('follows a review that says %s', (review, status) => {
    const plan = planOf(
      { plan: { plannedTotal: 6 }, nextVisit: { date: '2026-04' } },
      { assessment: { review: { review } } },
    );
    expect(plan?.status).toBe(status);
  });

  it('goes on where only one of the complaints was reviewed', () => {
    const complaints = [
      { key: 'back', text: 'Back' },
      { key: 'neck', text: 'Neck' },
    ];
    const review = { review: 'discharge', complaintKeys: ['neck'] };
    const plan = planOf({ complaints, plan: { plannedTotal: 6 } }, { assessment: { review } });
    expect(plan?.status).toBe('active');
  });

  it('keeps what earlier visits planned where a later one is silent on it, but not their next visit', () => {
    const first = inEpisode({
      plan: { plannedTotal: 6 },
      exercises: [{ key: 'x', what: 'stretching' }],
      nextVisit: { date: '2026-03-09' },
    });
    const second = inEpisode(
      { exercises: [{ key: 'y', what: 'strengthening' }] },
      { recordId: 'visit-2', visit: { date: '2026-03-09', practitioners: ['dr'] } },
    );
    const named = (plan: CarePlan | undefined) =>
      plan?.activity?.map(({ detail }) => detail?.code?.text);
    const [later] = resourcesIn<CarePlan>(second, 'CarePlan', [first]);
    expect(named(later)).toEqual(['Sessions of the course', 'Stretching', 'Strengthening']);
    const [earlier] = resourcesIn<CarePlan>(first, 'CarePlan', [second]);
    expect(named(earlier)).toEqual(['Sessions of the course', 'Stretching', 'Next visit']);
  });
});

describe('a referral', () => {
  const referred = (claims: object, more: object = {}) =>
    resourcesIn<ServiceRequest>(inEpisode({ claims }, more), 'ServiceRequest')[0];
  const claims = { claims: [{ key: 'c', payer: 'icbc', number: 'K-1' }], referralBy: 'Dr. A' };

  it('is told where the chart says that there is one, and looks like no work to be done', () => {
    const request = referred({ ...claims, referral: 'yes', referralDate: '2026-02' });
    expect(request).toMatchObject({
      status: 'unknown',
      intent: 'order',
      authoredOn: '2026-02',
      requester: { display: 'Dr. A' },
    });
    expect(JSON.stringify(request)).not.toContain('K-1');
  });

  it('is not derived from a claim', () => {
    expect(referred(claims)).toBeUndefined();
    expect(referred({ ...claims, referral: 'no' })).toBeUndefined();
  });

  it('is no referral to physiotherapy where the chart knows another profession alone', () => {
    const standings = [{ practitioner: 'dr', profession: ['physician'] }];
    const request = referred({ ...claims, referral: 'yes' }, { assessment: { standings } });
    expect(request?.code?.coding).toBeUndefined();
  });
});

it('the Provenance of a visit names everything that it wrote and that a server can keep', () => {
  const record = inEpisode(
    {
      complaints: [{ key: 'c', text: 'Back' }],
      goals: [{ key: 'g', goal: 'reduce-pain' }],
      plan: { plannedTotal: 3 },
      claims: { referral: 'yes' },
    },
    { notes: [{ key: 'n', text: 'Seen', author: 'dr', date: '2026-03-02' }] },
  );
  const [provenance] = resourcesIn<Provenance>(record, 'Provenance');
  expect(provenance?.target).toHaveLength(8);
});
