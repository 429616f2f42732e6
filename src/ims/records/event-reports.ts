// One event, told one or more times. A later telling continues an earlier one, of this record or of
// another; what each of them leaves unsaid stays as it was said before.
import type { ImsEvent } from '../schema/events.ts';
import type { ImsRecord } from '../schema/record.ts';
import { sortable, visitOrder } from './visit-order.ts';

/** One telling: the record that holds it, and what it says. */
export interface EventReport {
  readonly record: ImsRecord;
  readonly event: ImsEvent;
}

/** Names an event by the record and the key of one of its tellings. */
export interface EventId {
  readonly recordId: string;
  readonly key: string;
}

/** One event: the name of its first telling, at hand or not, and its tellings, earliest first. */
export interface EventHistory {
  readonly first: EventId;
  readonly reports: readonly EventReport[];
}

/** The events of one source's records, each with all its tellings. */
export function eventHistories(records: readonly ImsRecord[]): EventHistory[] {
  const ordered = records.toSorted((a, b) => (visitOrder(a) < visitOrder(b) ? -1 : 1));
  const all = ordered.flatMap((record) =>
    (record.events ?? []).map((event): EventReport => ({ record, event })),
  );
  const byName = new Map(all.map((telling) => [textOf(eventIdOf(telling)), telling]));
  const steps = new Map(all.map((telling) => [telling, stepsOf(telling, byName)]));
  const groups = Map.groupBy(all, (telling) =>
    textOf(steps.get(telling)?.first ?? eventIdOf(telling)),
  );
  return [...groups.values()].map((group) => ({
    first: steps.get(group[0] as EventReport)?.first ?? eventIdOf(group[0] as EventReport),
    reports: inOrder(group, (telling) => steps.get(telling)?.count ?? 0),
  }));
}

/** The name of the telling itself. */
export function eventIdOf({ record, event }: EventReport): EventId {
  return { recordId: record.recordId, key: event.key };
}

/** The name of the telling that this one continues; undefined for one that is told first. */
export function continuedEventId({ record, event }: EventReport): EventId | undefined {
  const { continues } = event;
  if (continues === undefined) return undefined;
  return { recordId: continues.recordId ?? record.recordId, key: continues.key };
}

/** Everything said of an event: of each member what was said last. */
export function mergeReports(tellings: readonly EventReport[]): ImsEvent {
  const whole: Record<string, unknown> = {};
  const words: Record<string, string> = {};
  for (const { event } of tellings) {
    for (const [name, value] of Object.entries(event)) {
      if (name === 'asWritten' || isSilent(name, value)) continue;
      whole[name] = value;
      // What was written of it before belongs to what was said before.
      delete words[name];
    }
    Object.assign(words, event.asWritten);
  }
  const asWritten = Object.keys(words).length === 0 ? undefined : words;
  return { ...whole, ...(asWritten === undefined ? {} : { asWritten }) } as ImsEvent;
}

/** That the chart does not say how an event was considered takes nothing back. */
function isSilent(name: string, value: unknown): boolean {
  return name === 'considered' && value === 'not-said';
}

/** Follows a telling to the first one; records of another patient cannot tell of the same event. */
function stepsOf(telling: EventReport, byName: ReadonlyMap<string, EventReport>) {
  const passed = [telling];
  let first = eventIdOf(telling);
  let next = continuedEventId(telling);
  while (next !== undefined) {
    const known = byName.get(textOf(next));
    if (known !== undefined && !isOfPatient(known, telling)) break;
    if (known !== undefined && passed.includes(known)) {
      return { first: smallest(passed.slice(passed.indexOf(known))), count: 0 };
    }
    first = next;
    if (known === undefined) break;
    passed.push(known);
    next = continuedEventId(known);
  }
  return { first, count: passed.length };
}

function isOfPatient({ record: one }: EventReport, { record: other }: EventReport): boolean {
  return one.source === other.source && one.patient.id === other.patient.id;
}

/** Tellings that continue each other in a circle have no first one, so their names decide. */
function smallest(circle: readonly EventReport[]): EventId {
  const names = circle.map(eventIdOf).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return names[0] as EventId;
}

/** By visit; in one record a telling comes after those it continues, then by when it was told. */
function inOrder(
  group: readonly EventReport[],
  stepsBefore: (telling: EventReport) => number,
): EventReport[] {
  const placeOf = (telling: EventReport) =>
    [
      visitOrder(telling.record),
      String(stepsBefore(telling)).padStart(6, '0'),
      telling.event.reportedAt === undefined ? '' : sortable(telling.event.reportedAt),
      telling.event.key,
    ].join(' ');
  return group.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function textOf({ recordId, key }: EventId): string {
  return JSON.stringify([recordId, key]);
}
