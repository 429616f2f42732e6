// What several records make together: the plan of a course, a consent to it, an event told more than
// once. Each holds what earlier records said as long as a later one is silent on it, so it can only be
// written with all of them at hand.

import { continuedEventId, type EventId, eventIdOf } from '../ims/records/event-reports.ts';
import { NOTHING_FOUND } from '../ims/records/findings.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { contextOf, type MappedResource } from './context.ts';
import { identifierValue, parseIdentifier, scopeOf } from './identity.ts';
import { adverseEventsToFhir } from './resources/adverse-event.ts';
import { carePlanToFhir } from './resources/care-plan.ts';
import { complicationsToFhir } from './resources/complication.ts';
import { consentsToFhir } from './resources/consent.ts';

/** One resource of several records, and the record whose words it holds: the last to speak of it. */
export interface Aggregate {
  readonly one: MappedResource;
  readonly record: ImsRecord;
}

/** True for an identifier of what several records make together. */
export function isAggregate(identifier: string): boolean {
  const parsed = parseIdentifier(identifier);
  if (parsed === undefined) return false;
  const { scope, part } = parsed;
  if (scope.kind === 'episode') return part === 'plan' || part === 'consent';
  return part === 'ae' || part === 'harm';
}

/**
 * The identifiers by which a record is found by those that share something of the kind with it: its
 * plan, its consents to the course, each event, and each event it continues.
 */
export function aggregateKeys(record: ImsRecord): string[] {
  const { source, patient, episode, events = [] } = record;
  const told = events.flatMap((event) => {
    const telling = { record, event };
    return [eventIdOf(telling), continuedEventId(telling)].flatMap((name) =>
      name === undefined ? [] : [eventIdentifier(source, name)],
    );
  });
  if (episode === undefined) return [...new Set(told)];
  const scope = scopeOf('episode', [source, patient.id, episode.id]);
  const consents = (episode.consents ?? []).map(({ key }) =>
    identifierValue(scope, 'consent', key),
  );
  return [...new Set([...told, identifierValue(scope, 'plan'), ...consents])];
}

/** True for an identifier by which an event is found. */
export function isOfEvent(identifier: string): boolean {
  return parseIdentifier(identifier)?.part === 'ae';
}

/** The identifier of the Condition that an event may be as well; of anything else none. */
export function complicationOf(identifier: string): string[] {
  const parsed = parseIdentifier(identifier);
  return parsed?.part === 'ae' ? [identifierValue(parsed.scope, 'harm', parsed.key)] : [];
}

/** What `records` make together, by identifier. Only as true as they are all that speak of it. */
export function buildAggregates(records: readonly ImsRecord[]): Map<string, Aggregate> {
  const composed = new Map<string, Aggregate>();
  const ordered = records.toSorted((a, b) => (visitOrder(a) < visitOrder(b) ? 1 : -1));
  for (const record of ordered) {
    // The latest decides; most of the earlier ones have nothing left to say.
    if (!aggregateKeys(record).some((name) => isOfEvent(name) || !composed.has(name))) continue;
    const others = ordered.filter((one) => one !== record);
    const context = contextOf(record, NOTHING_FOUND, others);
    const all = [
      ...carePlanToFhir(context),
      ...consentsToFhir(context),
      ...complicationsToFhir(context),
      ...adverseEventsToFhir(context),
    ];
    for (const one of all) {
      if (isAggregate(one.value) && !composed.has(one.value))
        composed.set(one.value, { one, record });
    }
  }
  return composed;
}

function eventIdentifier(source: string, { recordId, key }: EventId): string {
  return identifierValue(scopeOf('visit', [source, recordId]), 'ae', key);
}
