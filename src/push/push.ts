// One claimed delivery, from the stored record to what it came to at its target. Maps anew at every
// try, so that a mended mapping reaches everything that waits.
import { AdapterError, type Issue, refuses } from '../errors.ts';
import { readRecordText } from '../ims/reader/read.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { aggregateKeys, buildAggregates, isAggregate } from '../mapping/aggregates.ts';
import type { MappedResource } from '../mapping/context.ts';
import { isOfVisit } from '../mapping/identity.ts';
import { toFhir, toTransaction } from '../mapping/to-fhir.ts';
import type { ClaimedDelivery } from '../outbox/claim.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Settlement } from '../outbox/settle.ts';
import type { Capabilities } from '../remote/capabilities.ts';
import type { Remote } from '../remote/remote.ts';
import { assess } from '../safety/assess.ts';
import type { Policy } from '../safety/policy.ts';
import type { Said } from '../store/voice.ts';
import type { Validator } from '../validation/validator.ts';
import { isShared, type Known, keptAsWritten, planWrite } from './plan.ts';
import { type ComposedPlan, planComposed } from './plan-aggregates.ts';
import { loadRelatedRecords, type RelatedRecords } from './related-records.ts';
import { send } from './send.ts';
import { settlementOf } from './settlement.ts';

/** A configured target as pushing needs it. */
export interface PushTarget {
  readonly remote: Remote;
  /** Asked once; asked again after it failed. */
  capabilities(signal: AbortSignal): Promise<Capabilities>;
  readonly drafts: 'hold' | 'deliver';
}

/** What pushing works with. */
export interface DeliveryContext {
  readonly outbox: Outbox;
  readonly target: PushTarget;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly policy: Policy;
  readonly validator: Validator;
}

/** Carries one delivery to its target. Never throws: what went wrong is the settlement. */
export async function push(
  claimed: ClaimedDelivery,
  pushing: DeliveryContext,
): Promise<Settlement> {
  try {
    const read = readRecordText(claimed.payload);
    if (!read.ok) return { state: 'held', cause: 'validation', issues: read.issues };
    return (
      (await holdOf(read.record, claimed, pushing)) ?? (await write(read.record, claimed, pushing))
    );
  } catch (error) {
    if (error instanceof AdapterError) return settlementOf(error, { claimed, now: pushing.now() });
    throw error;
  }
}

/** What must change before this record may be written; undefined when nothing stands in its way. */
async function holdOf(
  record: ImsRecord,
  claimed: ClaimedDelivery,
  { outbox, target }: DeliveryContext,
): Promise<Settlement | undefined> {
  if (record.status === 'draft' && target.drafts === 'hold') {
    return held('policy', 'drafts are not delivered to this target; a signed revision will be');
  }
  const screening = record.session?.screening;
  if (screening?.basis !== 'other-record' || screening.recordId === undefined) return undefined;
  if (record.status === 'entered-in-error') return undefined;
  return screeningHold(record, screening.recordId, { claimed, outbox });
}

/** A session waits for the screening it rests on, which must stand and be of the same patient. */
async function screeningHold(
  record: ImsRecord,
  recordId: string,
  { claimed, outbox }: { claimed: ClaimedDelivery; outbox: Outbox },
): Promise<Settlement | undefined> {
  const { target, source } = claimed;
  const revision = await outbox.deliveredRevision(target, source, recordId);
  if (revision === undefined) {
    const message = 'the screening this session rests on has not been delivered to this target yet';
    return { ...held('screening-missing', message), waitsFor: recordId };
  }
  const payload = (await outbox.payload(source, recordId, revision))?.payload;
  const read = payload === undefined ? undefined : readRecordText(payload);
  if (read?.ok !== true) return undefined;
  if (read.record.status === 'entered-in-error') {
    return held('screening-missing', 'the screening this session rests on was entered in error');
  }
  return read.record.patient.id === record.patient.id
    ? undefined
    : held('patient-mismatch', 'the screening this session rests on is of another patient');
}

function held(cause: 'policy' | 'screening-missing' | 'patient-mismatch', message: string) {
  const issues: Issue[] = [{ severity: 'warning', code: cause, path: '', message }];
  return { state: 'held', cause, issues } as const;
}

async function write(
  record: ImsRecord,
  claimed: ClaimedDelivery,
  pushing: DeliveryContext,
): Promise<Settlement> {
  const { target, signal } = pushing;
  const { transaction } = await target.capabilities(signal);
  if (!transaction) {
    const message = 'the server offers no transactions, which is the only way to write for now';
    const issues: Issue[] = [{ severity: 'error', code: 'capability', path: '', message }];
    return { state: 'held', cause: 'capability', issues };
  }
  return record.status === 'entered-in-error'
    ? takeBack(record, claimed, pushing)
    : writeRecord(record, claimed, pushing);
}

async function writeRecord(
  record: ImsRecord,
  claimed: ClaimedDelivery,
  pushing: DeliveryContext,
): Promise<Settlement> {
  const { outbox, policy } = pushing;
  const world = await loadRelatedRecords(record, { delivery: claimed, outbox });
  const { resources, losses } = toFhir(record, assess(record, policy), world.others);
  const own = resources.filter(({ value }) => !isAggregate(value));
  const plan = planWrite(own, await look(record, own, { claimed, pushing }));
  const composed = await compose([...world.others, record], world, { claimed, pushing });
  // A record that was accepted and maps to what is not FHIR is our fault, not the clinic's.
  const again = composed.again.map(({ one }) => one);
  const written = { resources: [...own, ...composed.write, ...again], losses };
  const issues = pushing.validator.validate(toTransaction(written));
  if (refuses(issues)) return { state: 'held', cause: 'validation', issues };
  const ledger = await send({ ...plan, composed }, record, { claimed, sending: pushing });
  const visitAt = visitOrder(record);
  const shared = aggregateKeys(record).map(
    (identifier): Said => ({ identifier, says: 'stands', visitAt }),
  );
  return {
    state: 'delivered',
    ledger,
    voices: [...plan.voices, ...shared],
    losses: [...losses, ...keptAsWritten(plan)],
    issues: [],
  };
}

/** Takes a whole record back; what was never written is not written now. */
async function takeBack(
  record: ImsRecord,
  claimed: ClaimedDelivery,
  pushing: DeliveryContext,
): Promise<Settlement> {
  const world = await loadRelatedRecords(undefined, { delivery: claimed, outbox: pushing.outbox });
  const plan = planWrite([], await look(record, [], { claimed, pushing }));
  const composed = await compose(world.others, world, { claimed, pushing });
  const changes = [plan.retract, plan.revive, composed.again, composed.retract];
  const done = { state: 'delivered', voices: [], losses: [] } as const;
  if (changes.every(({ length }) => length === 0)) {
    const message = 'nothing of this record stands at the target, so nothing was taken back';
    const issues: Issue[] = [
      { severity: 'warning', code: 'nothing-to-retract', path: '', message },
    ];
    return { ...done, ledger: [], issues };
  }
  const ledger = await send({ ...plan, composed }, record, { claimed, sending: pushing });
  return { ...done, ledger, issues: [] };
}

interface Work {
  readonly claimed: ClaimedDelivery;
  readonly pushing: DeliveryContext;
}

/** What changes of what several records make together, once `now` are those that stand. */
async function compose(
  now: readonly ImsRecord[],
  { others, before, concerned }: RelatedRecords,
  { claimed, pushing }: Work,
): Promise<ComposedPlan> {
  const earlier = before === undefined ? others : [...others, before];
  return planComposed(claimed.recordId, {
    before: buildAggregates(earlier),
    after: buildAggregates(now),
    standing: await pushing.outbox.ledgerEntries(claimed.target, [...concerned]),
    concerned,
  });
}

async function look(
  record: ImsRecord,
  resources: readonly MappedResource[],
  { claimed, pushing }: Work,
): Promise<Known> {
  const { outbox } = pushing;
  const { target, source, recordId } = claimed;
  const spoken = (await outbox.voicesOf(target, source, recordId))
    .map(({ identifier }) => identifier)
    .filter((identifier) => !isAggregate(identifier));
  const identifiers = [...new Set([...resources.map(({ value }) => value), ...spoken])];
  const shared = resources.filter(isShared).map(({ value }) => value);
  const voices = await outbox.voicesOn(target, [...new Set([...shared, ...spoken])]);
  const written = await outbox.ledgerOf(target, source, recordId);
  return {
    standing: await outbox.ledgerEntries(target, identifiers),
    own: written.filter(({ identifier }) => isOfVisit(identifier) && !isAggregate(identifier)),
    others: voices.filter((voice) => voice.recordId !== recordId),
    spoken,
    order: visitOrder(record),
  };
}
