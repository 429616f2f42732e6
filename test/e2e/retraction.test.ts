import type { Flag } from '@medplum/fhirtypes';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { accepted, aRecord, aSession, type Json, onDay, SOURCE } from '../records.ts';

let sandbox: Sandbox;
let adapter: Adapter;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.clear();
  const target = { name: 'emr', base: sandbox.base, auth: { kind: 'none' } } as const;
  adapter = await createAdapter({ store: { path: ':memory:' }, targets: [target] });
  return () => adapter.close();
});

/** A visit with the given members only. */
const visit = (day: string, more: Json) =>
  aRecord({ ...onDay(day), assessment: undefined, ...more });

const pregnant = { screening: { pregnancy: { answer: 'yes', status: 'pregnant' } } };
const notPregnant = { screening: { pregnancy: { answer: 'no', status: 'not-pregnant' } } };
const pain = { assessment: { pain: [{ key: 'p', context: 'pain-current', value: 3 }] } };
const retracted = { revision: 2, status: 'entered-in-error' };

async function send(value: unknown): Promise<string[]> {
  const { results } = await adapter.submit([accepted(value)], { waitMs: 20_000 });
  const [delivery] = results[0]?.deliveries ?? [];
  expect(delivery?.state).toBe('delivered');
  return ((await adapter.delivery(delivery?.id ?? ''))?.issues ?? []).map(({ code }) => code);
}

function flags(): string[] {
  return sandbox.resources('Flag').map((flag) => (flag as Flag).status);
}

describe('a Flag', () => {
  it('is raised by a contraindication and ended by a later "no"', async () => {
    await send(visit('01', pregnant));
    expect(flags()).toEqual(['active']);
    await send(visit('08', notPregnant));
    expect(flags()).toEqual(['inactive']);
  });

  it('is not created only to be ended', async () => {
    await send(visit('01', notPregnant));
    expect(flags()).toEqual([]);
  });

  it('is not ended by an old visit that is loaded late', async () => {
    await send(visit('08', pregnant));
    await send(visit('01', notPregnant));
    expect(flags()).toEqual(['active']);
  });

  it('stays active until both visits that raised it are retracted', async () => {
    await send(visit('01', pregnant));
    await send(visit('08', pregnant));
    await send(visit('08', { ...pregnant, ...retracted }));
    expect(flags()).toEqual(['active']);
    await send(visit('01', { ...pregnant, ...retracted }));
    expect(flags()).toEqual(['entered-in-error']);
  });

  it('is active again when the visit that ended it was entered in error', async () => {
    await send(visit('01', pregnant));
    await send(visit('08', notPregnant));
    await send(visit('08', { ...notPregnant, ...retracted }));
    expect(flags()).toEqual(['active']);
    const [flag] = sandbox.resources('Flag') as Flag[];
    expect(flag?.encounter?.identifier?.value).toBe(
      (sandbox.resources('Encounter')[0] as { identifier?: { value?: string }[] }).identifier?.[0]
        ?.value,
    );
  });

  it('is active again when an amended visit no longer ends it', async () => {
    await send(visit('01', pregnant));
    await send(visit('08', notPregnant));
    await send(visit('08', { ...pain, revision: 2, status: 'amended' }));
    expect(flags()).toEqual(['active']);
  });
});

describe('resources that visits share', () => {
  it('follow the latest visit that is not retracted, also if an older one arrives afterwards', async () => {
    await send(visit('08', pregnant));
    await send(visit('08', { ...pregnant, ...retracted }));
    expect(flags()).toEqual(['entered-in-error']);
    await send(visit('01', pregnant));
    expect(flags()).toEqual(['active']);
  });

  it('are updated when the date of a visit is corrected', async () => {
    await send(visit('02', pregnant));
    await send(visit('08', notPregnant));
    expect(flags()).toEqual(['inactive']);
    const moved = visit('01', notPregnant);
    await send({ ...moved, recordId: 'visit-08', revision: 2, status: 'amended' });
    expect(flags()).toEqual(['active']);
  });

  it('do not follow an old visit that arrives after a later "no"', async () => {
    await send(visit('08', notPregnant));
    await send(visit('01', pregnant));
    expect(flags()).toEqual([]);
  });

  it('follow each revision of the visit that owns them', async () => {
    await send(visit('01', pregnant));
    await send(visit('08', pregnant));
    await send(visit('15', pregnant));
    await send(visit('15', { ...pregnant, ...retracted }));
    await send(visit('08', { ...notPregnant, revision: 2, status: 'amended' }));
    expect(flags()).toEqual(['inactive']);
    await send(visit('08', { ...pain, revision: 3, status: 'amended' }));
    expect(flags()).toEqual(['active']);
  });
});

describe('a screening that a session is based on', () => {
  const session = (recordId: string) => ({
    session: aSession({ screening: { basis: 'other-record', recordId } }),
  });

  async function stateOf(value: unknown): Promise<string | undefined> {
    const { results } = await adapter.submit([accepted(value)], { waitMs: 20_000 });
    const [delivery] = results[0]?.deliveries ?? [];
    return `${delivery?.state} ${delivery?.cause ?? ''}`.trim();
  }

  it('holds the session until it is delivered', async () => {
    expect(await stateOf(visit('08', session('visit-01')))).toBe('held screening-missing');
    await send(visit('01', pregnant));
    await adapter.idle();
    expect(sandbox.resources('Procedure')).toHaveLength(1);
  });

  it('must not be retracted', async () => {
    await send(visit('01', pregnant));
    await send(visit('01', { ...pregnant, ...retracted }));
    expect(await stateOf(visit('08', session('visit-01')))).toBe('held screening-missing');
  });

  it('must be of the same patient', async () => {
    await send(visit('01', pregnant));
    const other = { ...visit('08', session('visit-01')), patient: { id: 'patient-2' } };
    expect(await stateOf(other)).toBe('held patient-mismatch');
  });
});

it('changed details of people are not written to the target and are reported as lost', async () => {
  const lossesOf = async (value: unknown) => {
    const { results } = await adapter.submit([accepted(value)], { waitMs: 20_000 });
    const view = await adapter.delivery(results[0]?.deliveries[0]?.id ?? '');
    return view?.losses.map(({ path }) => path);
  };
  expect(await lossesOf(visit('01', pain))).toEqual([]);
  const moved = { id: 'patient-1', phone: '604 555 0100' };
  expect(await lossesOf({ ...visit('08', pain), patient: moved })).toEqual(['Patient']);
  expect(await lossesOf(visit('15', pain))).toEqual([]);
});

describe('entered in error', () => {
  it('without an earlier revision writes nothing and reports it', async () => {
    expect(await send(visit('01', { ...pregnant, ...retracted }))).toEqual(['nothing-to-retract']);
    expect(sandbox.resources()).toEqual([]);
  });

  it('can omit the content: the server keeps it with the status entered-in-error', async () => {
    await send(visit('01', pregnant));
    const { visit: when, practitioners, clinic, ...bare } = visit('01', retracted);
    expect(when && practitioners && clinic).toBeDefined();
    await send(bare);
    const pulled = await adapter.pull({ source: SOURCE, recordId: 'visit-01' });
    expect(pulled?.issues).toEqual([]);
    expect(pulled?.record).toMatchObject({ ...retracted, ...pregnant });
    for (const resource of sandbox.resources('Observation')) {
      expect(resource).toMatchObject({ status: 'entered-in-error' });
    }
  });

  it('and amended again has only the content of the last revision', async () => {
    await send(visit('01', pregnant));
    await send(visit('01', { ...pregnant, ...retracted }));
    const again = visit('01', { ...pain, revision: 3, status: 'amended' });
    await send(again);
    const pulled = await adapter.pull({ source: SOURCE, recordId: 'visit-01' });
    expect(pulled?.issues).toEqual([]);
    expect(pulled?.record?.screening).toBeUndefined();
    expect(pulled?.record?.assessment).toEqual(pain.assessment);
  });
});
