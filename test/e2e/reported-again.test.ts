import type { AdverseEvent, Condition, Extension, Observation } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import { structureUrl } from '../../src/fhir/canonical.ts';
import { identifierScope, identifierValue } from '../../src/mapping/identity.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { accepted, aRecord, aSession, onDay, SOURCE } from '../records.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
let sandbox: Sandbox;
let adapter: Adapter;

async function startEmpty(): Promise<void> {
  await adapter?.close();
  sandbox.clear();
  const target = { name: 'emr', base: sandbox.base };
  adapter = await createAdapter({ store: { path: ':memory:' }, targets: [target] });
}

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(startEmpty);
afterAll(async () => {
  await adapter.close();
  await sandbox.close();
});

/** A record of one day: `V01` with a session, all others with a telephone call. */
function recordWith(recordId: string, event: object | undefined, more: object = {}) {
  const day = recordId.slice(1);
  const at = `2026-03-${day}T09:00:00-08:00`;
  const call = { key: 'call', at, direction: 'incoming', means: 'telephone', with: ['patient'] };
  return aRecord({
    ...onDay(day),
    recordId,
    assessment: undefined,
    ...(recordId.startsWith('V')
      ? { session: aSession({ startAt: at }) }
      : { kind: 'contact', visit: undefined, contacts: [call] }),
    ...(event === undefined ? {} : { events: [{ key: 'e', ...event }] }),
    ...more,
  });
}

const continuing = (recordId: string) => ({
  continues: { recordId, key: 'e' },
  aboutSession: 'V01',
});
const revised = (revision: number, status = 'amended') => ({ revision, status });

async function send(value: object): Promise<void> {
  const { results } = await adapter.submit([accepted(value)], { waitMs: 20_000 });
  expect(results[0]?.deliveries[0]?.state).toBe('delivered');
}

const identifierIn = (recordId: string, part: 'ae' | 'harm' | 'proc', key?: string) =>
  identifierValue(identifierScope('visit', [SOURCE, recordId]), part, key);
const adverse = () => sandbox.resources('AdverseEvent') as AdverseEvent[];
const identifiers = () => adverse().map(({ identifier }) => identifier?.value);
const part = ({ extension }: Extension, url: string) => extension?.find((one) => one.url === url);
const reports = ({ extension = [] }: AdverseEvent) =>
  extension
    .filter(({ url }) => url === structureUrl('event-report'))
    .map((one) =>
      [part(one, 'record')?.valueString, part(one, 'verification')?.valueCoding?.code].join(' '),
    );
const conditions = () =>
  (sandbox.resources('Condition') as Condition[]).map(
    ({ verificationStatus }) => verificationStatus?.coding?.[0]?.code,
  );

const suspected = { code: 'pneumothorax', considered: 'adverse', verification: 'suspected' };
const confirmed = { ...suspected, verification: 'confirmed' };
const ruledOut = { ...suspected, verification: 'ruled-out' };

describe('an event that is reported again', () => {
  it('is one AdverseEvent with the latest report, and lists every report', async () => {
    await send(recordWith('V01', suspected));
    expect(adverse()[0]?.event?.text).toBe('Suspected: Pneumothorax');
    expect(conditions()).toEqual(['unconfirmed']);
    await send(recordWith('C03', { ...confirmed, outcome: 'recovering', ...continuing('V01') }));
    const [event, ...more] = adverse();
    expect(more).toEqual([]);
    expect(event?.identifier?.value).toBe(identifierIn('V01', 'ae', 'e'));
    expect(event?.event?.text).toBe('Pneumothorax');
    expect(event?.outcome?.coding?.[0]?.code).toBe('recovering');
    expect(reports(event as AdverseEvent)).toEqual(['V01 suspected', 'C03 confirmed']);
    expect(conditions()).toEqual(['confirmed']);
  });

  it('keeps members that a later report omits', async () => {
    await send(recordWith('V01', { ...confirmed, severity: 'ae-serious', causality: 'probable' }));
    await send(
      recordWith('C03', {
        code: 'pneumothorax',
        considered: 'not-said',
        outcome: 'resolved',
        ...continuing('V01'),
      }),
    );
    const [event] = adverse();
    expect(event?.seriousness?.coding?.[0]?.code).toBe('Serious');
    expect(event?.suspectEntity?.[0]?.causality?.[0]?.assessment?.coding?.[0]?.code).toBe(
      'Probably-Likely',
    );
    expect(event?.outcome?.coding?.[0]?.code).toBe('resolved');
  });

  it('is deleted when it is ruled out, and an Observation says so', async () => {
    await send(recordWith('V01', suspected));
    await send(recordWith('C03', { ...ruledOut, ...continuing('V01') }));
    expect(adverse()).toEqual([]);
    expect(conditions()).toEqual(['refuted']);
    const observation = (sandbox.resources('Observation') as Observation[]).find(({ code }) =>
      code.coding?.some((coding) => coding.code === 'pneumothorax'),
    );
    expect(observation?.valueCodeableConcept?.coding?.[0]?.code).toBe('absent');
  });

  it('exists again when the record that ruled it out was entered in error', async () => {
    await send(recordWith('V01', suspected));
    await send(recordWith('C03', { ...ruledOut, ...continuing('V01') }));
    await send(
      recordWith('C03', { ...ruledOut, ...continuing('V01') }, revised(2, 'entered-in-error')),
    );
    expect(adverse().map((event) => event.event?.text)).toEqual(['Suspected: Pneumothorax']);
    expect(conditions()).toEqual(['unconfirmed']);
  });

  it('keeps its first identifier when the record that first reported it was entered in error', async () => {
    await send(recordWith('V01', suspected));
    await send(recordWith('C03', { ...confirmed, ...continuing('V01') }));
    await send(recordWith('V01', suspected, revised(2, 'entered-in-error')));
    expect(identifiers()).toEqual([identifierIn('V01', 'ae', 'e')]);
    expect(reports(adverse()[0] as AdverseEvent)).toEqual(['C03 confirmed']);
  });

  it('takes only the report from an amendment of the first record', async () => {
    await send(recordWith('V01', suspected));
    await send(recordWith('C03', { ...confirmed, ...continuing('V01') }));
    await send(recordWith('V01', { ...suspected, verification: undefined }, revised(2)));
    expect(adverse().map((event) => event.event?.text)).toEqual(['Pneumothorax']);
    expect(reports(adverse()[0] as AdverseEvent)).toEqual(['V01 ', 'C03 confirmed']);
  });

  it('loses the report that an amendment omits', async () => {
    await send(recordWith('V01', suspected));
    await send(recordWith('C03', { ...confirmed, ...continuing('V01') }));
    await send(recordWith('C03', undefined, revised(2)));
    expect(adverse().map((event) => event.event?.text)).toEqual(['Suspected: Pneumothorax']);
    await send(recordWith('V01', undefined, revised(2)));
    expect(adverse()).toEqual([]);
    expect(conditions()).toEqual(['entered-in-error']);
  });

  it('takes only the report from an old record that arrives late', async () => {
    await send(recordWith('C05', { ...confirmed, ...continuing('V01') }));
    expect(identifiers()).toEqual([identifierIn('V01', 'ae', 'e')]);
    await send(recordWith('V01', suspected));
    expect(identifiers()).toEqual([identifierIn('V01', 'ae', 'e')]);
    expect(adverse()[0]?.event?.text).toBe('Pneumothorax');
    expect(reports(adverse()[0] as AdverseEvent)).toEqual(['V01 suspected', 'C05 confirmed']);
  });

  it('takes its first identifier when the record between arrives last', async () => {
    await send(recordWith('V01', suspected));
    await send(recordWith('C05', { ...confirmed, ...continuing('C03') }));
    expect(identifiers().toSorted()).toEqual(
      [identifierIn('C03', 'ae', 'e'), identifierIn('V01', 'ae', 'e')].toSorted(),
    );
    await send(recordWith('C03', { ...suspected, ...continuing('V01') }));
    expect(identifiers()).toEqual([identifierIn('V01', 'ae', 'e')]);
    expect(reports(adverse()[0] as AdverseEvent)).toEqual([
      'V01 suspected',
      'C03 suspected',
      'C05 confirmed',
    ]);
  });

  it('is never merged with an event of another patient', async () => {
    await send(recordWith('V01', suspected));
    const stranger = { patient: { id: 'patient-2' } };
    await send(recordWith('C03', { ...confirmed, ...continuing('V01') }, stranger));
    expect(identifiers().toSorted()).toEqual(
      [identifierIn('C03', 'ae', 'e'), identifierIn('V01', 'ae', 'e')].toSorted(),
    );
    expect(
      adverse()
        .flatMap((event) => reports(event))
        .toSorted(),
    ).toEqual(['C03 confirmed', 'V01 suspected']);
  });
});

describe('the session that an event is attributed to', () => {
  it('is referenced by identifier until the target has it, and by its address afterwards', async () => {
    const late = { ...suspected, aboutSession: 'V01' };
    await send(recordWith('C03', late));
    const unknown = adverse()[0]?.suspectEntity?.[0]?.instance;
    expect(unknown?.identifier?.value).toBe(identifierIn('V01', 'proc'));
    expect(unknown?.reference).toBeUndefined();
    await send(recordWith('V01', undefined));
    await send(recordWith('C05', { ...late, key: 'other' }));
    const known = adverse().at(-1)?.suspectEntity?.[0]?.instance;
    const [procedure] = sandbox.resources('Procedure');
    expect(known?.reference).toBe(`Procedure/${procedure?.id}`);
  });

  it('gets no complication from a later record', async () => {
    await send(recordWith('V01', undefined));
    const before = JSON.stringify(sandbox.resources('Procedure'));
    await send(recordWith('C03', { ...confirmed, aboutSession: 'V01' }));
    expect(JSON.stringify(sandbox.resources('Procedure'))).toBe(before);
  });
});

/** One revision of one of four records, with its day and event. */
interface Step {
  readonly record: number;
  readonly day: number;
  readonly event: object | undefined;
  readonly isRetracted: boolean;
}

const steps = fc.array(
  fc.record({
    record: fc.nat({ max: 3 }),
    day: fc.integer({ min: 10, max: 28 }),
    event: fc.option(
      fc
        .record({
          considered: fc.constantFrom('adverse', 'expected', 'not-said'),
          verification: fc.constantFrom('suspected', 'confirmed', 'ruled-out', undefined),
          code: fc.constantFrom('bruise', 'pneumothorax'),
          continued: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
        })
        .map(({ continued, ...event }) => ({
          ...JSON.parse(JSON.stringify(event)),
          ...(continued === undefined
            ? {}
            : { continues: { recordId: `C${continued}`, key: 'e' } }),
        })),
      { nil: undefined, freq: 5 },
    ),
    isRetracted: fc.nat({ max: 5 }).map((number) => number === 0),
  }),
  { minLength: 1, maxLength: 9 },
);

function stepRecord(step: Step, revision: number) {
  const status = step.isRetracted ? 'entered-in-error' : revision === 1 ? 'final' : 'amended';
  const at = `2026-03-${step.day}T09:0${step.record}:00-08:00`;
  const base = recordWith(`C${step.record}`, step.event, { revision, status });
  return {
    ...base,
    status,
    recordedAt: '2026-03-30T10:00:00-08:00',
    contacts: [{ key: 'call', at, direction: 'incoming', means: 'telephone' }],
    notes: [{ key: 'note', text: 'Called', author: 'dr', date: '2026-03-30' }],
  };
}

/** Valid events and Conditions on the server, without ids, versions and references. */
function serverState(): string[] {
  const conditions = (sandbox.resources('Condition') as Condition[]).filter(
    ({ verificationStatus }) =>
      !['refuted', 'entered-in-error'].includes(verificationStatus?.coding?.[0]?.code ?? ''),
  );
  return [...adverse(), ...conditions]
    .map(({ id, meta, ...content }) =>
      JSON.stringify(content, (name, value) => (name === 'reference' ? undefined : value)),
    )
    .toSorted();
}

it('events are the same in any order of arrival and after any retractions', async () => {
  const property = fc.asyncProperty(steps, async (sequence) => {
    await startEmpty();
    const last = new Map<number, ReturnType<typeof stepRecord>>();
    const revisions = [0, 0, 0, 0];
    for (const step of sequence) {
      revisions[step.record] = (revisions[step.record] ?? 0) + 1;
      const record = stepRecord(step, revisions[step.record] ?? 1);
      await send(record);
      last.set(step.record, record);
    }
    const afterSequence = serverState();
    await startEmpty();
    const kept = [...last.values()].filter(({ status }) => status !== 'entered-in-error');
    const timeOf = ({ contacts }: { contacts: readonly { at: string }[] }) => contacts[0]?.at ?? '';
    for (const record of kept.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1))) {
      await send(record);
    }
    expect(afterSequence).toEqual(serverState());
  });
  await fc.assert(property, { numRuns: RUNS });
});
