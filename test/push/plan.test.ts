import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import type { MappedResource } from '../../src/mapping/context.ts';
import { isShared } from '../../src/mapping/shared.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import type { CurrentState } from '../../src/push/current-state.ts';
import { isEmpty, type Plan, planDelivery } from '../../src/push/plan.ts';
import type { SharedDecision } from '../../src/push/shared-decisions.ts';
import { assess } from '../../src/safety/assess.ts';
import type { LedgerEntry } from '../../src/store/ledger.ts';
import { anImsRecord, type Json } from '../records.ts';

const complaint = { episode: { id: 'e', complaints: [{ key: 'c', text: 'Neck pain' }] } };
const pregnant = { screening: { pregnancy: { answer: 'yes' } } };
const pain = { assessment: { pain: [{ key: 'p', context: 'pain-current', value: 4 }] } };

function visit(recordId: string, members: Json): ImsRecord {
  return anImsRecord({ recordId, ...complaint, ...members });
}

function mappedOf(record: ImsRecord): readonly MappedResource[] {
  return toFhir(record, assess(record)).resources;
}

/** The state of a delivery of `record` whose shared resources it decides itself, unless given. */
function stateOf(record: ImsRecord, given: Partial<CurrentState> = {}): CurrentState {
  const mapped = mappedOf(record);
  const own = mapped
    .filter(({ value }) => isShared(value))
    .map((resource): [string, SharedDecision] => [
      resource.value,
      { state: 'present', resource, record },
    ]);
  const state = { record, mapped, losses: [], ledger: [], shared: new Map(own) };
  return { ...state, contributions: undefined, ...given };
}

/** The ledger after `plan` was carried out for `record`. */
function ledgerAfter({ writes }: Plan, { recordId, revision, source }: ImsRecord): LedgerEntry[] {
  return writes.map(({ row }, index) => ({
    ...row,
    ...(row.owner ?? { recordId, revision }),
    target: 'emr',
    source,
    serverId: `${index}`,
  }));
}

const typesOf = ({ writes }: Plan) => writes.map(({ row }) => row.resourceType);
const record = visit('a', { ...pain, ...pregnant });

describe('the plan of a delivery', () => {
  it('writes every resource of a new record, and retracts nothing', () => {
    const plan = planDelivery(stateOf(record));
    const expected = mappedOf(record).filter(({ onlyIfExists }) => onlyIfExists !== true);
    expect(plan.writes.map(({ resource }) => resource)).toEqual(expected);
    expect(plan.retractions).toEqual([]);
    expect(plan.losses).toEqual([]);
  });

  it('writes everything when the ledger was lost, as at the first contact', () => {
    const first = planDelivery(stateOf(record));
    const lost = planDelivery(stateOf(record, { ledger: [] }));
    expect(lost).toEqual(first);
  });

  it('leaves shared resources alone that are unchanged at the target', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const again = planDelivery(stateOf(record, { ledger }));
    expect(again.writes.map(({ row }) => row.identifier).filter(isShared)).toEqual([]);
    expect(typesOf(again)).toContain('Encounter');
  });

  it('writes a shared resource again that has changed', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const changed = visit('a', {
      ...pain,
      ...pregnant,
      revision: 2,
      status: 'amended',
      episode: { id: 'e', complaints: [{ key: 'c', text: 'Shoulder pain' }] },
    });
    expect(typesOf(planDelivery(stateOf(changed, { ledger })))).toContain('Condition');
  });

  it('retracts what an earlier revision wrote and this one no longer holds', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const amended = visit('a', { ...pregnant, revision: 2, status: 'amended' });
    const plan = planDelivery(stateOf(amended, { ledger }));
    expect(plan.retractions.map(({ resourceType }) => resourceType)).toContain('Observation');
    const kept = ['Patient', 'Practitioner', 'Organization', 'Provenance', 'Flag', 'Condition'];
    for (const { resourceType } of plan.retractions) expect(kept).not.toContain(resourceType);
  });

  it('retracts all that a retracted record wrote alone, and keeps people, places and the log', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const shared = new Map(
      ledger
        .filter(({ identifier }) => isShared(identifier))
        .map(({ identifier }): [string, SharedDecision] => [identifier, { state: 'absent' }]),
    );
    const plan = planDelivery(stateOf(record, { mapped: [], shared, ledger }));
    expect(plan.writes).toEqual([]);
    const retracted = new Set(plan.retractions.map(({ resourceType }) => resourceType));
    expect(retracted).toContain('Flag');
    expect(retracted).toContain('Encounter');
    for (const kept of ['Patient', 'Practitioner', 'Organization', 'Provenance']) {
      expect(retracted).not.toContain(kept);
    }
  });

  it('writes a shared resource under the record that owns its content', () => {
    const earlier = visit('b', { ...pregnant });
    const flag = mappedOf(earlier).find(({ resource }) => resource.resourceType === 'Flag');
    if (flag === undefined) throw new Error('no Flag');
    const shared = new Map<string, SharedDecision>([
      [flag.value, { state: 'present', resource: flag, record: earlier }],
    ]);
    const plan = planDelivery(stateOf(visit('a', pain), { mapped: [], shared }));
    expect(plan.writes.map(({ row }) => row.owner)).toEqual([{ recordId: 'b', revision: 1 }]);
  });

  it('restores a retracted shared resource', () => {
    const first = planDelivery(stateOf(record));
    const ledger = ledgerAfter(first, record).map((entry): LedgerEntry => {
      return entry.resourceType === 'Flag' ? { ...entry, state: 'retracted' } : entry;
    });
    expect(typesOf(planDelivery(stateOf(record, { ledger })))).toContain('Flag');
  });

  it('neither writes nor retracts a shared resource that it cannot decide', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const shared = new Map(
      ledger
        .filter(({ identifier }) => isShared(identifier))
        .map(({ identifier }): [string, SharedDecision] => [identifier, { state: 'unknown' }]),
    );
    const plan = planDelivery(
      stateOf(record, { mapped: [], shared, ledger: ledger.filter((e) => isShared(e.identifier)) }),
    );
    expect(isEmpty(plan)).toBe(true);
  });

  it('reports what it leaves unchanged because it cannot be decided', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const flag = ledger.find(({ resourceType }) => resourceType === 'Flag');
    const shared = new Map<string, SharedDecision>([
      [flag?.identifier ?? '', { state: 'unknown' }],
    ]);
    const { losses } = planDelivery(stateOf(record, { mapped: [], shared, ledger }));
    expect(losses.map(({ path }) => path)).toEqual(['Flag']);
  });

  it('writes an undecided contraindication where the target has none, and reports what may be missing', () => {
    const flags = mappedOf(record).filter(({ resource }) => resource.resourceType === 'Flag');
    const shared = new Map(
      flags.map(({ value }): [string, SharedDecision] => [value, { state: 'unknown' }]),
    );
    const plan = planDelivery(stateOf(record, { mapped: flags, shared }));
    expect(typesOf(plan)).toEqual(['Flag']);
    expect(plan.losses).toEqual([
      { path: 'Flag', reason: expect.stringMatching(/^only from this record: /) },
    ]);
  });

  it('ends a Flag only where there is one', () => {
    const answered = visit('a', { screening: { pregnancy: { answer: 'no' } } });
    const flagsOf = (ledger: readonly LedgerEntry[]) =>
      typesOf(planDelivery(stateOf(answered, { ledger }))).filter((type) => type === 'Flag');
    expect(flagsOf([])).toEqual([]);
    expect(flagsOf(ledgerAfter(planDelivery(stateOf(record)), record))).toEqual(['Flag']);
  });

  it('reports as a loss that staff keep the details first written, their roles included', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const renamed = visit('a', {
      ...pain,
      revision: 2,
      practitioners: [{ id: 'dr', name: { text: 'Inez Vented' } }],
    });
    expect(planDelivery(stateOf(renamed, { ledger })).losses.map(({ path }) => path)).toEqual([
      'Practitioner',
      'PractitionerRole',
    ]);
  });

  it('reports as a loss that people keep the details first written', () => {
    const ledger = ledgerAfter(planDelivery(stateOf(record)), record);
    const moved = visit('a', {
      ...pain,
      revision: 2,
      patient: { id: 'patient-1', phone: '604 555 0100' },
    });
    expect(planDelivery(stateOf(moved, { ledger })).losses.map(({ path }) => path)).toEqual([
      'Patient',
    ]);
  });
});
