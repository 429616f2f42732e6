// Delivers one claimed record: load the current state, plan, build the bundle, resolve references,
// validate, send exactly what was validated, settle. The record is mapped again at every attempt, so
// that a corrected mapping applies to every delivery that is still queued or held.
import type { Bundle } from '@medplum/fhirtypes';
import { AdapterError, hasErrors, type Issue, warningIssue } from '../errors.ts';
import { transactionOf } from '../fhir/bundle.ts';
import { readRecordText } from '../ims/reader/read.ts';
import type { ClaimedDelivery } from '../outbox/claim.ts';
import type { Settlement } from '../outbox/settle.ts';
import { EntriesFailed } from '../remote/transact.ts';
import type { Validator } from '../validation/validator.ts';
import { entriesOf, type PlannedEntry } from './bundle.ts';
import { type DeliveryContext, type DeliveryServices, isRetraction } from './context.ts';
import { type CurrentState, loadCurrentState } from './current-state.ts';
import { holdReason } from './hold.ts';
import { isEmpty, type Plan, planDelivery } from './plan.ts';
import { resolveReferences } from './references.ts';
import { settlementOf } from './settlement.ts';
import { keptRows, writtenRows } from './written.ts';

/** Delivers one claimed record. Failures of target, data and store are settlements, never thrown. */
export async function push(
  delivery: ClaimedDelivery,
  services: DeliveryServices & { readonly signal: AbortSignal },
): Promise<Settlement> {
  try {
    const read = readRecordText(delivery.payload);
    if (!read.ok) return { state: 'held', cause: 'validation', issues: read.issues };
    return await deliver({ ...services, delivery, record: read.record });
  } catch (error) {
    if (error instanceof AdapterError) {
      return settlementOf(error, { delivery, now: services.now() });
    }
    throw error;
  }
}

async function deliver(context: DeliveryContext): Promise<Settlement> {
  const hold = await holdReason(context);
  if (hold !== undefined) return hold;
  const state = await loadCurrentState(context);
  const plan = planDelivery(state);
  if (isRetraction(context) && isEmpty(plan)) return nothingToRetract();
  const planned = await entriesOf(plan, context);
  const unresolved = planned.map(({ entry }) => entry);
  const bundle = transactionOf(await resolveReferences(unresolved, context));
  const issues = validate(bundle, planned, context.validator);
  if (hasErrors(issues)) return { state: 'held', cause: 'validation', issues };
  return send(bundle, { context, state, plan, planned });
}

/** What is sent, and what it was planned from. */
interface Attempt {
  readonly context: DeliveryContext;
  readonly state: CurrentState;
  readonly plan: Plan;
  readonly planned: readonly PlannedEntry[];
}

async function send(
  bundle: Bundle,
  { context, state, plan, planned }: Attempt,
): Promise<Settlement> {
  const { target, delivery, now, signal } = context;
  try {
    const responses = await target.remote.transact(bundle, { signal });
    return {
      state: 'delivered',
      ledger: await writtenRows(planned, responses, context),
      contributions: state.contributions,
      losses: [...state.losses, ...plan.losses],
      issues: [],
    };
  } catch (error) {
    // A server may run a transaction as a batch: what succeeded is at the target.
    if (!(error instanceof EntriesFailed)) throw error;
    const settlement = settlementOf(error, { delivery, now: now() });
    return { ...settlement, ledger: keptRows(planned, error.results) };
  }
}

/**
 * Validates the bundle. Errors of a resource to retract are left out if it was invalid at the target
 * before: they must not prevent its retraction.
 */
function validate(
  bundle: Bundle,
  planned: readonly PlannedEntry[],
  validator: Validator,
): readonly Issue[] {
  const wasInvalid = (index: number) => {
    const existing = planned[index]?.existing;
    return existing !== undefined && hasErrors(validator.validate(existing));
  };
  const issues = validator.validate(bundle);
  if (!hasErrors(issues)) return issues;
  const invalid = new Set(planned.flatMap((_, index) => (wasInvalid(index) ? [index] : [])));
  return issues.filter(
    ({ path }) => !invalid.has(Number(/^Bundle\.entry\[(\d+)\]/.exec(path)?.[1])),
  );
}

function nothingToRetract(): Settlement {
  const message =
    'no resource of this record is known to be at the target, so nothing was retracted';
  return {
    state: 'delivered',
    ledger: [],
    contributions: undefined,
    losses: [],
    issues: [warningIssue('nothing-to-retract', '', message)],
  };
}
