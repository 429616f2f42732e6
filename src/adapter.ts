// The adapter in one file, in three parts: push (records to FHIR servers), pull (visits from FHIR servers)
// and the pure functions between records and FHIR. service/ and cli/ use the product through it.
import type { Bundle } from '@medplum/fhirtypes';
import { defaultValidator, type Validator, validateReceived } from './definitions/validator.ts';
import { AdapterError, errorIssue, type Issue, type Loss } from './errors.ts';
import { resourceEntriesOf } from './fhir/bundle.ts';
import type { ReadResult } from './ims/reader/read.ts';
import type { ImsRecord } from './ims/schema/record.ts';
import { fromFhir, type ReadVisit } from './mapping/from-fhir.ts';
import { toFhir, toTransaction } from './mapping/to-fhir.ts';
import { createDispatcher, type Dispatcher } from './outbox/dispatcher.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { editsOf } from './pull/edits.ts';
import { pullRecord, pullVisits, type VisitQuery } from './pull/pull.ts';
import { type PulledVisit, pulledVisit } from './pull/visit.ts';
import type { PushTarget } from './push/context.ts';
import { push } from './push/push.ts';
import {
  type DeliveryView,
  type SubmitAnswer,
  type SubmitOptions,
  submit,
  viewOf,
  waitUntilSettled,
} from './push/submit.ts';
import { createRemote, type Remote } from './remote/remote.ts';
import type { TargetSettings } from './remote/transport.ts';
import { assess } from './safety/assess.ts';
import { DEFAULT_POLICY, type Policy } from './safety/policy.ts';
import { openStore } from './store/store.ts';

/** A running adapter: a store, an outbox and FHIR servers as targets. */
export interface Adapter {
  /** Names of the targets. */
  readonly targets: readonly string[];
  /** The clinical rules in force. */
  readonly policy: Policy;
  /**
   * Accepts the readable lines in one commit and answers each line. Waits up to `waitMs` for their
   * deliveries. Throws AdapterError `no-target` or `store-unavailable`: then nothing was accepted.
   */
  submit(
    lines: readonly (ReadResult & { line?: number })[],
    options?: SubmitOptions,
  ): Promise<SubmitAnswer>;
  /** The answer with the states of its deliveries once all are settled, or after `waitMs`. */
  waitUntilSettled(answer: SubmitAnswer, waitMs: number): Promise<SubmitAnswer>;
  /** A delivery by its id; undefined for an unknown id. */
  delivery(id: string): Promise<DeliveryView | undefined>;
  /** One visit from a target; undefined if the target does not have it. */
  pull(which: {
    source: string;
    recordId: string;
    target?: string;
  }): Promise<PulledVisit | undefined>;
  /** Visits from a target, a page at a time. */
  search(query: PullQuery): Promise<SearchAnswer>;
  /** True when the store answers. Targets are not contacted. */
  ready(): Promise<boolean>;
  /** Resolves when no delivery is due and none is in progress. */
  idle(): Promise<void>;
  /** Starts no more deliveries, waits up to `graceMs` for those in progress, and closes everything. */
  close(options?: { graceMs?: number }): Promise<void>;
}

/** The visits of a search. */
export interface SearchAnswer {
  readonly visits: readonly PulledVisit[];
  /** Why visits may be missing from the answer, such as that the target withholds some. */
  readonly issues: readonly Issue[];
  /** Repeat the query with it for the next visits; absent where there are no more. */
  readonly cursor?: string;
}

/** Which visits to pull, and from which target: required when there are several. */
export interface PullQuery extends VisitQuery {
  readonly target?: string;
}

/** A FHIR server to deliver to. */
export interface AdapterTarget extends TargetSettings {
  /** Whether unsigned records are held until they are signed (default) or delivered. */
  readonly drafts?: 'hold' | 'deliver';
}

/** Settings of an adapter. Times in ms. */
export interface AdapterSettings {
  readonly store: { readonly path: string };
  readonly targets: readonly AdapterTarget[];
  /** Deliveries in progress at the same time, per target; default 4. */
  readonly concurrency?: number;
  /** How long a delivery in progress stays reserved without renewal; default 120000. */
  readonly leaseMs?: number;
  /** The clinical rules, as `policyOf` gives them; default: unconfigured. */
  readonly policy?: Policy;
  readonly now?: () => number;
  /** Validates outgoing and received resources; default: R4 and the published profiles. */
  readonly validator?: Validator;
  /** Receives errors that no caller sees. They contain no patient data. */
  readonly onError?: (error: unknown, delivery?: { id: string; target: string }) => void;
}

/** Opens the store and starts to deliver what is due. Throws AdapterError. */
export async function createAdapter(settings: AdapterSettings): Promise<Adapter> {
  const { now = Date.now, policy = DEFAULT_POLICY, validator = defaultValidator } = settings;
  const targets = new Map(settings.targets.map((target) => [target.name, openTarget(target)]));
  const store = await openStore({ file: settings.store.path });
  const outbox = createOutbox(store, { now });
  const parts: Parts = { outbox, targets, policy, validator, now };
  const dispatcher = startDispatcher(parts, settings);
  return {
    targets: [...targets.keys()],
    policy,
    ...pushMethods(parts),
    ...pullMethods(parts),
    ready: () =>
      outbox.counts().then(
        () => true,
        () => false,
      ),
    idle: () => dispatcher.idle(),
    async close({ graceMs = 10_000 } = {}) {
      await dispatcher.stop({ graceMs });
      await Promise.all([...targets.values()].map(({ remote }) => remote.close()));
      await store.close();
    },
  };
}

/** What the parts of an adapter share. */
interface Parts {
  readonly outbox: Outbox;
  readonly targets: ReadonlyMap<string, PushTarget>;
  readonly policy: Policy;
  readonly validator: Validator;
  readonly now: () => number;
}

function openTarget({ drafts = 'hold', ...settings }: AdapterTarget): PushTarget {
  const remote = createRemote(settings);
  let cached: ReturnType<Remote['capabilities']> | undefined;
  return {
    remote,
    drafts,
    capabilities(signal) {
      cached ??= remote.capabilities(signal).catch((error: unknown) => {
        cached = undefined;
        throw error;
      });
      return cached;
    },
  };
}

// Push: accepted records become deliveries, which the dispatcher carries to their targets.

function pushMethods({
  outbox,
  targets,
  policy,
}: Parts): Pick<Adapter, 'submit' | 'waitUntilSettled' | 'delivery'> {
  return {
    waitUntilSettled: (answer, waitMs) => waitUntilSettled(answer, { outbox, waitMs }),
    submit: (lines, options = {}) =>
      submit(lines, { outbox, targets: [...targets.keys()], policy }, options),
    async delivery(id) {
      const delivery = await outbox.delivery(id);
      return delivery === undefined ? undefined : viewOf(delivery);
    },
  };
}

function startDispatcher({ targets, ...parts }: Parts, settings: AdapterSettings): Dispatcher {
  const dispatcher = createDispatcher({
    outbox: parts.outbox,
    now: parts.now,
    concurrency: settings.concurrency ?? 4,
    leaseMs: settings.leaseMs ?? 120_000,
    deliver: async (claimed, { signal }) => {
      const target = targets.get(claimed.target);
      return target === undefined ? TARGET_REMOVED : push(claimed, { ...parts, target, signal });
    },
    onError: (error, claimed) => settings.onError?.(error, claimed),
  });
  dispatcher.start();
  return dispatcher;
}

const TARGET_REMOVED = {
  state: 'held',
  cause: 'capability',
  issues: [errorIssue('no-target', '', 'the target is not configured any more')],
} as const;

// Pull: visits are read from a target, validated and compared with what was written there.

function pullMethods(parts: Parts): Pick<Adapter, 'pull' | 'search'> {
  return {
    async pull({ target, ...which }) {
      const remote = remoteOf(parts, target);
      const visit = await pullRecord(remote, which);
      return visit === undefined ? undefined : checked(visit, remote, parts);
    },
    async search({ target, ...query }) {
      const remote = remoteOf(parts, target);
      const { visits, ...page } = await pullVisits(remote, query);
      return {
        visits: await Promise.all(visits.map((visit) => checked(visit, remote, parts))),
        ...page,
      };
    },
  };
}

async function checked(
  visit: ReadVisit,
  { name: target }: Remote,
  { outbox, validator }: Parts,
): Promise<PulledVisit> {
  const { issues, ...pulled } = pulledVisit(visit, await editsOf(visit, { outbox, target }));
  return { ...pulled, issues: [...issues, ...validateReceived(visit.resources, validator)] };
}

/** The target with `name`, or the only one. */
function remoteOf({ targets }: Parts, name: string | undefined): Remote {
  const [first, ...others] = targets.values();
  const target = name === undefined && others.length === 0 ? first : targets.get(name ?? '');
  if (target !== undefined) return target.remote;
  const known = [...targets.keys()].join(', ') || 'none';
  throw new AdapterError('no-target', `Name one of the configured targets: ${known}.`);
}

// Pure functions between records and FHIR: no store, no network.

/** A mapped record. */
export interface MapAnswer {
  /** A transaction that writes the record. */
  readonly bundle: Bundle;
  /** What FHIR could not represent. */
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
}

/** The visits found in FHIR resources, and issues that belong to no visit. */
export interface UnmapAnswer {
  readonly visits: readonly PulledVisit[];
  readonly issues: readonly Issue[];
}

/** Maps a record to the transaction that would write it, with the warnings of the clinical rules. */
export function mapRecord(record: ImsRecord, policy: Policy = DEFAULT_POLICY): MapAnswer {
  const assessment = assess(record, policy);
  const mapped = toFhir(record, assessment);
  const { losses } = mapped;
  return { bundle: toTransaction(mapped), losses, issues: assessment.issues };
}

/** Reads the visits of a Bundle, of one resource or of a list of resources. Never throws. */
export function unmapBundle(input: unknown): UnmapAnswer {
  const received = resourceEntriesOf(input);
  if (received.length === 0) {
    const message =
      'no FHIR resource found; expected a resource, a list of resources or a Bundle with entries';
    return { visits: [], issues: [errorIssue('no-resource', '', message)] };
  }
  const { visits, issues } = fromFhir(received);
  return { visits: visits.map((visit) => pulledVisit(visit)), issues };
}

/**
 * All issues of a record that was read: of reading, of the clinical rules (warnings), and of the FHIR
 * resources that it maps to, whose errors would hold its delivery.
 */
export function validateRecord(read: ReadResult, policy: Policy = DEFAULT_POLICY): Issue[] {
  if (!read.ok) return [...read.issues];
  const { bundle, issues } = mapRecord(read.record, policy);
  const fhirIssues = defaultValidator
    .validate(bundle)
    .filter(({ severity }) => severity !== 'information');
  return [...read.issues, ...issues, ...fhirIssues];
}

export type { RuleSettings } from './config.ts';
export { type ValidateOptions, type Validator, validateResource } from './definitions/validator.ts';
export type { Loss } from './errors.ts';
export type { PulledVisit } from './pull/visit.ts';
export type { DeliveryView, SubmitAnswer, SubmitOptions, SubmitResult } from './push/submit.ts';
export { type Policy, policyOf } from './safety/policy.ts';
