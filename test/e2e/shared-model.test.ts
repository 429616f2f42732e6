import type { Condition, Flag } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { anImsRecord, SOURCE } from '../records.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

/** One revision of one of three visits: its day, answer and complaint, or its retraction. */
interface Step {
  readonly visit: number;
  readonly day: number;
  readonly answer: 'yes' | 'no' | 'none';
  readonly hasComplaint: boolean;
  readonly isRetracted: boolean;
}

const steps = fc.array(
  fc.record({
    visit: fc.nat({ max: 2 }),
    day: fc.integer({ min: 1, max: 28 }),
    answer: fc.constantFrom('yes', 'no', 'none'),
    hasComplaint: fc.boolean(),
    isRetracted: fc.nat({ max: 4 }).map((number) => number === 0),
  }),
  { minLength: 1, maxLength: 8 },
);

function recordOf(step: Step, revision: number): ImsRecord {
  const day = String(step.day).padStart(2, '0');
  const text = `text of ${step.visit}.${revision}`;
  const complaints = { episode: { id: 'e', complaints: [{ key: 'c', text }] } };
  const screening = { screening: { pregnancy: { answer: step.answer } } };
  const first = revision === 1 ? 'final' : 'amended';
  return anImsRecord({
    recordId: `visit ${step.visit}`,
    revision,
    status: step.isRetracted ? 'entered-in-error' : first,
    recordedAt: '2026-03-30T10:00:00-07:00',
    visit: { startAt: `2026-03-${day}T09:0${step.visit}:00-07:00`, practitioners: ['dr'] },
    ...(step.hasComplaint ? complaints : {}),
    ...(step.answer === 'none' ? {} : screening),
  });
}

async function deliver(adapter: Adapter, sequence: readonly Step[]): Promise<ImsRecord[]> {
  const remaining = new Map<number, ImsRecord>();
  const revisions = [0, 0, 0];
  for (const step of sequence) {
    revisions[step.visit] = (revisions[step.visit] ?? 0) + 1;
    const record = recordOf(step, revisions[step.visit] ?? 1);
    const answer = await adapter.submit([{ ok: true, record, issues: [] }], { waitMs: 20_000 });
    expect(answer.results[0]?.deliveries[0]?.state).toBe('delivered');
    if (step.isRetracted) remaining.delete(step.visit);
    else remaining.set(step.visit, record);
  }
  const startOf = ({ visit }: ImsRecord) => visit?.startAt ?? '';
  return [...remaining.values()].sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
}

async function expectLatest(adapter: Adapter, remaining: readonly ImsRecord[]): Promise<void> {
  const answers = remaining.flatMap(({ screening }) => screening?.pregnancy?.answer ?? []);
  const flags = sandbox.resources('Flag') as Flag[];
  const isRaised = flags.some(({ status }) => status === 'active');
  expect(isRaised).toBe(answers.at(-1) === 'yes');
  const texts = remaining.flatMap(({ episode }) => episode?.complaints?.[0]?.text ?? []);
  const conditions = (sandbox.resources('Condition') as Condition[])
    .filter(({ verificationStatus }) => verificationStatus === undefined)
    .map(({ code }) => code?.text);
  expect(conditions).toEqual(texts.slice(-1));
  for (const record of remaining) {
    const pulled = await adapter.pull({ source: SOURCE, recordId: record.recordId });
    expect(pulled?.record && normalForm(pulled.record)).toBe(normalForm(record));
  }
}

it('shared resources follow the latest visit that is not retracted, in any order of arrival', async () => {
  const property = fc.asyncProperty(steps, async (sequence) => {
    sandbox.clear();
    const target = { name: 'emr', base: sandbox.base };
    const adapter = await createAdapter({ store: { path: ':memory:' }, targets: [target] });
    try {
      await expectLatest(adapter, await deliver(adapter, sequence));
    } finally {
      await adapter.close();
    }
  });
  await fc.assert(property, { numRuns: RUNS });
});
