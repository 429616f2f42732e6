// The product in one file: push, pull and the pure ways between record and FHIR. The only module
// that knows all stages; service/ and cli/ know nothing else.
import type { Bundle } from '@medplum/fhirtypes';
import { defaultValidator, type Validator, validateReceived } from './definitions/validator.ts';
import { AdapterError, errorIssue, type Issue } from './errors.ts';
import { isResource } from './fhir/resource.ts';
import type { ReadResult } from './ims/reader/read.ts';
import type { Difference } from './ims/records/differences.ts';
import type { ImsRecord } from './ims/schema/record.ts';
import { fromFhir, type ReadVisit } from './mapping/from-fhir.ts';
import type { Loss } from './mapping/losses.ts';
import { toFhir, toTransaction } from './mapping/to-fhir.ts';
import { createDispatcher } from './outbox/dispatcher.ts';
import { createOutbox } from './outbox/outbox.ts';
import { type EditedResource, type Edits, editsOf } from './pull/edits.ts';
import { pullRecord, pullVisits, type VisitQuery } from './pull/pull.ts';
import type { PushTarget } from './push/context.ts';
import { push } from './push/push.ts';
import {
  type DeliveryView,
  type SubmitAnswer,
  type SubmitOptions,
  submit,
  viewOf,
} from './push/submit.ts';
import { createRemote, type Remote } from './remote/remote.ts';
import type { TargetSettings } from './remote/transport.ts';
import { assess } from './safety/assess.ts';
import { DEFAULT_POLICY, type Policy } from './safety/policy.ts';
import { openStore } from './store/store.ts';

/** One visit as a FHIR server gives it back. */
export interface PulledVisit {
  readonly record?: ImsRecord;
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
  /** What the record was read from: `Type/id` and version of each resource. */
  readonly basedOn: readonly { reference: string; version?: string }[];
  /** Resources that stand otherwise than they were written from here. */
  readonly editedIn?: readonly EditedResource[];
  /** Members of the record that an edit changed; an edit elsewhere changes none. */
  readonly differences?: readonly Difference[];
}

/** Which visits to pull, and from which target. */
export interface PullQuery extends VisitQuery {
  readonly target?: string;
}

/** A mapped record: the bundle and what FHIR could not hold. */
export interface MapAnswer {
  readonly bundle: Bundle;
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
}

/** What a bundle or list of resources holds: its visits, and issues that belong to none. */
export interface UnmapAnswer {
  readonly visits: readonly PulledVisit[];
  readonly issues: readonly Issue[];
}

/** A running adapter: store, outbox and targets behind five verbs. */
export interface Adapter {
  readonly targets: readonly string[];
  /** The clinical rules as they are set for it. */
  readonly policy: Policy;
  /**
   * Commits the readable lines in one commit and answers for each. Throws AdapterError `no-target`,
   * `store-unavailable`; nothing is kept then. Waits up to `waitMs` for the deliveries to settle.
   */
  submit(
    lines: readonly (ReadResult & { line?: number })[],
    options?: SubmitOptions,
  ): Promise<SubmitAnswer>;
  delivery(id: string): Promise<DeliveryView | undefined>;
  /** One visit from a target; undefined if it does not stand there. */
  pull(which: {
    source: string;
    recordId: string;
    target?: string;
  }): Promise<PulledVisit | undefined>;
  search(query: PullQuery): Promise<{ visits: readonly PulledVisit[]; cursor?: string }>;
  /** Whether the store answers. Targets are not asked. */
  ready(): Promise<boolean>;
  /** Resolves when nothing is due and nothing is on its way. */
  idle(): Promise<void>;
  /** Ends: no new claims, what is on its way may finish within `graceMs`. */
  close(options?: { graceMs?: number }): Promise<void>;
}

/** A target to deliver to, and what is held back from it. */
export interface AdapterTarget extends TargetSettings {
  /** Unsigned records stay here until they are signed; `hold`. */
  readonly drafts?: 'hold' | 'deliver';
}

/** What an adapter is made of. Times in ms. */
export interface AdapterSettings {
  readonly store: { readonly path: string };
  readonly targets: readonly AdapterTarget[];
  /** Deliveries on their way at once, per target; 4. */
  readonly concurrency?: number;
  readonly leaseMs?: number;
  /** Settings of the clinical rules; policyOf reads them. */
  readonly policy?: Policy;
  readonly now?: () => number;
  /** What is sent and what comes back is checked with it; the published definitions. */
  readonly validator?: Validator;
  /** Told of faults that no caller sees. Carries no patient value. */
  readonly onFault?: (error: unknown, delivery?: { id: string; target: string }) => void;
}

/** A record as the transaction that would write it, with its warnings. Pure. */
export function mapRecord(record: ImsRecord, policy: Policy = DEFAULT_POLICY): MapAnswer {
  const assessment = assess(record, policy);
  const mapped = toFhir(record, assessment);
  const { losses } = mapped;
  return { bundle: toTransaction(mapped), losses, issues: assessment.issues };
}

/** The visits of a Bundle, of one resource or of a list of them. Never throws. Pure. */
export function unmapBundle(input: unknown): UnmapAnswer {
  const found = entriesOf(input).flatMap(({ resource, fullUrl }) =>
    isResource(resource) ? [{ resource, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) }] : [],
  );
  if (found.length === 0) {
    const message = 'holds no FHIR resource: a Bundle, one resource or a list of them is read';
    return { visits: [], issues: [errorIssue('no-resource', '', message)] };
  }
  const { visits, issues } = fromFhir(found);
  return { visits: visits.map((visit) => pulledVisit(visit)), issues };
}

function entriesOf(input: unknown): { resource?: unknown; fullUrl?: unknown }[] {
  if (Array.isArray(input)) return input.map((resource: unknown) => ({ resource }));
  if (isResource(input) && input.resourceType === 'Bundle') {
    const { entry } = input as { entry?: unknown };
    return Array.isArray(entry)
      ? entry.filter((one) => typeof one === 'object' && one !== null)
      : [];
  }
  return [{ resource: input }];
}

function pulledVisit(
  { record, losses, issues, resources }: ReadVisit,
  edits: Edits = {},
): PulledVisit {
  const basedOn = resources.flatMap(({ resourceType, id, meta }) =>
    id === undefined
      ? []
      : [
          {
            reference: `${resourceType}/${id}`,
            ...(meta?.versionId === undefined ? {} : { version: meta.versionId }),
          },
        ],
  );
  return { ...(record === undefined ? {} : { record }), losses, issues, basedOn, ...edits };
}

/**
 * Everything that is to be said of a record as read: form, the clinic's own rules as warnings, and
 * what is wrong with the FHIR it maps to, which would hold its delivery.
 */
export function validateRecord(read: ReadResult, policy: Policy = DEFAULT_POLICY): Issue[] {
  if (!read.ok) return [...read.issues];
  const { bundle, issues } = mapRecord(read.record, policy);
  const faults = defaultValidator
    .validate(bundle)
    .filter(({ severity }) => severity !== 'information');
  return [...read.issues, ...issues, ...faults];
}

/** Opens store and targets and begins to deliver. Throws AdapterError. */
export async function createAdapter(settings: AdapterSettings): Promise<Adapter> {
  const {
    now = Date.now,
    policy = DEFAULT_POLICY,
    validator = defaultValidator,
    onFault,
  } = settings;
  const targets = new Map(settings.targets.map((one) => [one.name, openTarget(one)]));
  const store = await openStore({ file: settings.store.path });
  const outbox = createOutbox(store, { now });
  await outbox.recover();
  const dispatcher = createDispatcher({
    outbox,
    now,
    concurrency: settings.concurrency ?? 4,
    leaseMs: settings.leaseMs ?? 120_000,
    deliver: async (claimed, { signal }) => {
      const target = targets.get(claimed.target);
      if (target === undefined) return { state: 'held', cause: 'capability', issues: [gone()] };
      return push(claimed, { outbox, target, signal, now, policy, validator });
    },
    onError: (error, claimed) => onFault?.(error, claimed),
  });
  dispatcher.start();
  const remoteOf = (name: string | undefined) => chosen(targets, name).remote;
  const told = async (visit: ReadVisit, target: string): Promise<PulledVisit> => {
    const { issues, ...read } = pulledVisit(visit, await editsOf(visit, { outbox, target }));
    return { ...read, issues: [...issues, ...validateReceived(visit.resources, validator)] };
  };
  return {
    targets: [...targets.keys()],
    policy,
    submit: (lines, options = {}) =>
      submit(lines, { outbox, targets: [...targets.keys()], policy }, options),
    async delivery(id) {
      const found = await outbox.delivery(id);
      return found === undefined ? undefined : viewOf(found);
    },
    async pull({ target, ...which }) {
      const remote = remoteOf(target);
      const visit = await pullRecord(remote, which);
      return visit === undefined ? undefined : told(visit, remote.name);
    },
    async search({ target, ...query }) {
      const remote = remoteOf(target);
      const { visits, ...more } = await pullVisits(remote, query);
      return {
        visits: await Promise.all(visits.map((visit) => told(visit, remote.name))),
        ...more,
      };
    },
    async ready() {
      return outbox.counts().then(
        () => true,
        () => false,
      );
    },
    idle: () => dispatcher.idle(),
    async close({ graceMs = 10_000 } = {}) {
      await dispatcher.stop({ graceMs });
      await Promise.all([...targets.values()].map(({ remote }) => remote.close()));
      await store.close();
    },
  };
}

function gone(): Issue {
  const message = 'this target is not configured any more';
  return errorIssue('no-target', '', message);
}

interface OpenTarget extends PushTarget {
  readonly remote: Remote;
}

function openTarget({ drafts = 'hold', ...settings }: AdapterTarget): OpenTarget {
  const remote = createRemote(settings);
  let known: ReturnType<Remote['capabilities']> | undefined;
  return {
    remote,
    drafts,
    capabilities(signal) {
      known ??= remote.capabilities(signal).catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}

function chosen(targets: ReadonlyMap<string, OpenTarget>, name: string | undefined): OpenTarget {
  const [first, ...others] = targets.values();
  const found = name === undefined && others.length === 0 ? first : targets.get(name ?? '');
  if (found !== undefined) return found;
  const known = [...targets.keys()].join(', ') || 'none';
  throw new AdapterError('no-target', `Name one target of: ${known}.`);
}

export type { RuleSettings } from './config.ts';
export { type ValidateOptions, type Validator, validateResource } from './definitions/validator.ts';
export type { Loss } from './mapping/losses.ts';
export type { DeliveryView, SubmitAnswer, SubmitOptions, SubmitResult } from './push/submit.ts';
export { type Policy, policyOf } from './safety/policy.ts';
