import type {
  CarePlan,
  Condition,
  Consent,
  Flag,
  Goal,
  Procedure,
  Resource,
} from '@medplum/fhirtypes';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { accepted, aRecord, aSession, aSite, type Json, onDay } from '../records.ts';

let sandbox: Sandbox;
let adapter: Adapter;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.clear();
  const target = { name: 'emr', base: sandbox.base };
  adapter = await createAdapter({ store: { path: ':memory:' }, targets: [target] });
  return () => adapter.close();
});

const complaints = [
  { key: 'back', text: 'Low back pain', condition: 'low-back-pain' },
  { key: 'neck', text: 'Stiff neck', condition: 'neck-pain' },
];
const consents = [
  { key: 'course', given: 'yes', by: 'patient', form: 'written', givenDate: '2026-03-01' },
];
const whole = {
  id: 'course-1',
  complaints,
  indications: [{ key: 'root', condition: 'lumbar-radiculopathy', side: 'left' }],
  goals: [{ key: 'goal', goal: 'reduce-pain' }],
  plan: { plannedTotal: 8, frequency: { frequency: 1, period: 1, unit: 'wk' } },
  exercises: [{ key: 'stretch', what: 'stretching' }],
  claims: { referral: 'yes', referralBy: 'Dr. A' },
  consents,
};
const cancer = { screening: { cancer: { answer: 'yes', status: 'cancer-active' } } };
const examined = [
  { ...aSite({ key: 'm1', muscle: 'piriformis' }), tenderness: { grade: 'moderate' } },
  { ...aSite({ key: 'm2', muscle: 'gluteus-medius' }), tenderness: { grade: 'mild' } },
];
const needled = [
  aSite({ key: 's1', muscle: 'piriformis', twitch: { answer: 'yes' } }),
  aSite({ key: 's2', muscle: 'gluteus-medius', twitch: { answer: 'no' } }),
];

function visit(day: string, more: Json = {}): Json {
  return aRecord({
    ...onDay(day),
    episode: whole,
    assessment: { sites: examined },
    session: aSession({ sites: needled }),
    ...more,
  });
}

async function send(value: unknown): Promise<void> {
  const { results } = await adapter.submit([accepted(value)], { waitMs: 20_000 });
  expect(results[0]?.deliveries[0]?.state).toBe('delivered');
}

const all = <T extends Resource>(type: T['resourceType']) => sandbox.resources(type) as T[];
const days = ['02', '05', '09', '12', '16', '19', '23', '26'];
const retracted = (day: string) => visit(day, { revision: 2, status: 'entered-in-error' });
const planned = (plan: CarePlan | undefined) =>
  plan?.activity?.map(({ detail }) => detail?.code?.text ?? '');

describe('eight visits of one episode', () => {
  it('share one Condition for each complaint and diagnosis, and one plan, goal, referral and consent', async () => {
    for (const day of days) await send(visit(day, cancer));
    expect(all<Procedure>('Procedure')).toHaveLength(8);
    expect(
      all<Condition>('Condition')
        .map(({ code }) => code?.text)
        .toSorted(),
    ).toEqual(['Low back pain', 'Lumbar radiculopathy, left', 'Stiff neck']);
    for (const type of ['CarePlan', 'Goal', 'ServiceRequest', 'Consent', 'Flag'] as const) {
      expect(sandbox.resources(type), type).toHaveLength(1);
    }
  });

  it('update shared resources from the latest visit in any order of arrival', async () => {
    const texts = ['First words', 'Last words'];
    const withText = (day: string, text: string | undefined) =>
      visit(day, { episode: { ...whole, complaints: [{ key: 'back', text }] } });
    await send(withText('26', texts[1]));
    await send(withText('02', texts[0]));
    const back = all<Condition>('Condition').find(({ identifier }) =>
      identifier?.[0]?.value?.endsWith('-cond-back'),
    );
    expect(back?.code?.text).toBe('Last words');
  });
});

describe('an old visit that arrives late', () => {
  it('does not write resources that newer visits wrote', async () => {
    await send(visit('26', cancer));
    const versions = () =>
      (['Condition', 'Goal', 'CarePlan', 'Consent', 'ServiceRequest', 'Flag'] as const)
        .flatMap((type) => sandbox.resources(type))
        .map(({ id, meta }) => `${id} ${meta?.versionId}`);
    const before = versions();
    await send(visit('02'));
    expect(versions()).toEqual(before);
  });

  it('adds parts of the plan that the later visit omits', async () => {
    await send(visit('26', { episode: { id: 'course-1', nextVisit: { date: '2026-04-02' } } }));
    expect(planned(all<CarePlan>('CarePlan')[0])).toEqual(['Next visit']);
    await send(visit('02'));
    expect(planned(all<CarePlan>('CarePlan')[0])).toEqual([
      'Sessions of the course',
      'Stretching',
      'Next visit',
    ]);
  });
});

describe('an amendment', () => {
  it('that removes a site retracts its resources only', async () => {
    await send(visit('02'));
    await send(
      visit('02', {
        revision: 2,
        status: 'amended',
        assessment: { sites: examined.slice(0, 1) },
        session: aSession({ sites: needled.slice(0, 1) }),
      }),
    );
    const sites = sandbox
      .resources('Observation')
      .map((one) => one as { status: string; bodySite?: { text?: string } })
      .map(({ status, bodySite }) => `${bodySite?.text}: ${status}`);
    expect([...new Set(sites)].toSorted()).toEqual([
      'Left gluteus medius: entered-in-error',
      'Left piriformis: amended',
    ]);
    const [procedure] = all<Procedure>('Procedure');
    expect(procedure?.bodySite?.map(({ text }) => text)).toEqual(['Left piriformis']);
  });

  it('that omits a complaint, a goal and the plan retracts them', async () => {
    await send(visit('02'));
    const episode = { id: 'course-1', complaints: complaints.slice(0, 1) };
    await send(visit('02', { revision: 2, status: 'amended', episode }));
    const neck = all<Condition>('Condition').find(({ code }) => code?.text === 'Stiff neck');
    expect(neck?.verificationStatus?.coding?.[0]?.code).toBe('entered-in-error');
    expect(all<Goal>('Goal')[0]?.lifecycleStatus).toBe('entered-in-error');
    expect(all<CarePlan>('CarePlan')[0]?.status).toBe('entered-in-error');
    expect(all<Consent>('Consent')[0]?.status).toBe('entered-in-error');
  });
});

describe('entered in error', () => {
  it('retracts the visit, except resources that another visit contributes to', async () => {
    await send(visit('02', cancer));
    await send(visit('09', cancer));
    await send(retracted('09'));
    const [first, second] = all<Procedure>('Procedure');
    expect([first?.status, second?.status]).toEqual(['completed', 'entered-in-error']);
    expect(all<Flag>('Flag').map(({ status }) => status)).toEqual(['active']);
    expect(all<CarePlan>('CarePlan').map(({ status }) => status)).toEqual(['active']);
    expect(all<Goal>('Goal').map(({ lifecycleStatus }) => lifecycleStatus)).toEqual(['active']);
    expect(all<Consent>('Consent').map(({ status }) => status)).toEqual(['active']);
    for (const { verificationStatus } of all<Condition>('Condition')) {
      expect(verificationStatus).toBeUndefined();
    }
  });

  it('of the only visit retracts its shared resources', async () => {
    await send(visit('02', cancer));
    await send(retracted('02'));
    const statuses = (['Flag', 'CarePlan', 'Consent', 'ServiceRequest'] as const)
      .flatMap((type) => all<Flag | CarePlan | Consent>(type as 'Flag'))
      .map(({ status }) => status);
    expect([...new Set(statuses)]).toEqual(['entered-in-error']);
    expect(all<Goal>('Goal')[0]?.lifecycleStatus).toBe('entered-in-error');
  });
});

describe('a withdrawal of the consent to the course', () => {
  const refusals = [
    {
      key: 'stop',
      what: 'consent-withdrawn',
      byWhom: ['patient'],
      at: '2026-03-09T09:20:00-08:00',
    },
  ];
  const statusNow = () => all<Consent>('Consent').map(({ status }) => status);

  it('applies to later visits that still list the consent, until its visit is entered in error', async () => {
    await send(visit('02'));
    await send(visit('09', { refusals }));
    await send(visit('16'));
    expect(statusNow()).toEqual(['inactive']);
    await send(visit('09', { refusals, revision: 2, status: 'entered-in-error' }));
    expect(statusNow()).toEqual(['active']);
  });

  it('applies to a later visit also if its own visit arrives late', async () => {
    await send(visit('16'));
    expect(statusNow()).toEqual(['active']);
    await send(visit('09', { refusals }));
    expect(statusNow()).toEqual(['inactive']);
  });
});

it('a finding of a process rule is delivered, and retracted by the revision that corrects it', async () => {
  const counted = (withdrawals: number) => {
    const counts = [{ key: 'count', insertions: 4, withdrawals }];
    return { session: aSession({ sites: needled, counts }) };
  };
  await send(visit('02', counted(3)));
  const issues = () =>
    (sandbox.resources('DetectedIssue') as { status: string; code?: object }[]).map(
      ({ status, code }) => [status, JSON.stringify(code).match(/rule-\d+/)?.[0]],
    );
  expect(issues()).toEqual([['final', 'rule-3']]);
  await send(visit('02', { ...counted(4), revision: 2, status: 'amended' }));
  expect(issues()).toEqual([['entered-in-error', 'rule-3']]);
});
