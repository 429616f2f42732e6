// Events that are reported more than once. A later report continues an earlier one, in the same or in
// another record; members that it leaves out keep the values of the earlier reports.
import { defined } from '../../defined.ts';
import type { ImsEvent } from '../schema/events.ts';
import type { ImsRecord } from '../schema/record.ts';
import { sortable, visitOrder } from './visit-order.ts';

/** One report of an event, with the record that contains it. */
export interface EventReport {
  readonly record: ImsRecord;
  readonly event: ImsEvent;
}

/** Identifies a report of an event by its record and key. */
export interface EventId {
  readonly recordId: string;
  readonly key: string;
}

/** One event: the id of its first report, whose record may be missing, and its reports, oldest first. */
export interface EventHistory {
  readonly first: EventId;
  readonly reports: readonly EventReport[];
}

/** The events in the records of one source, each with all its reports. */
export function eventHistories(records: readonly ImsRecord[]): EventHistory[] {
  const ordered = records.toSorted((a, b) => (visitOrder(a) < visitOrder(b) ? -1 : 1));
  const all = ordered.flatMap((record) =>
    (record.events ?? []).map((event): EventReport => ({ record, event })),
  );
  const byId = new Map(all.map((report) => [idText(eventIdOf(report)), report]));
  const chains = new Map(all.map((report) => [report, chainOf(report, byId)]));
  const firstOf = (report: EventReport) => chains.get(report)?.first ?? eventIdOf(report);
  const groups = Map.groupBy(all, (report) => idText(firstOf(report)));
  return [...groups.values()].map((group) => ({
    first: firstOf(group[0] as EventReport),
    reports: inOrder(group, (report) => chains.get(report)?.length ?? 0),
  }));
}

/** The id of a report. */
export function eventIdOf({ record, event }: EventReport): EventId {
  return { recordId: record.recordId, key: event.key };
}

/** The id of the report that a report continues; undefined for a first report. */
export function continuedEventId({ record, event }: EventReport): EventId | undefined {
  const { continues } = event;
  if (continues === undefined) return undefined;
  return { recordId: continues.recordId ?? record.recordId, key: continues.key };
}

/** The event according to all its reports: each member has its latest value. */
export function mergeReports(reports: readonly EventReport[]): ImsEvent {
  const merged: Record<string, unknown> = {};
  const wording: Record<string, string> = {};
  for (const { event } of reports) {
    for (const [name, value] of Object.entries(event)) {
      if (name === 'asWritten' || isUnspecified(name, value)) continue;
      merged[name] = value;
      // The wording of an earlier report belongs to its value.
      delete wording[name];
    }
    Object.assign(wording, event.asWritten);
  }
  const asWritten = Object.keys(wording).length === 0 ? undefined : wording;
  return { ...merged, ...defined({ asWritten }) } as ImsEvent;
}

/** A classification of `not-said` does not replace an earlier one. */
function isUnspecified(name: string, value: unknown): boolean {
  return name === 'considered' && value === 'not-said';
}

/** The first report of a report's event, and the number of reports from there to this one. */
function chainOf(report: EventReport, byId: ReadonlyMap<string, EventReport>) {
  const visited = [report];
  let first = eventIdOf(report);
  let next = continuedEventId(report);
  while (next !== undefined) {
    const earlier = byId.get(idText(next));
    // Records of another patient cannot report the same event.
    if (earlier !== undefined && !isSamePatient(earlier, report)) break;
    if (earlier !== undefined && visited.includes(earlier)) {
      return { first: smallestId(visited.slice(visited.indexOf(earlier))), length: 0 };
    }
    first = next;
    if (earlier === undefined) break;
    visited.push(earlier);
    next = continuedEventId(earlier);
  }
  return { first, length: visited.length };
}

function isSamePatient({ record: a }: EventReport, { record: b }: EventReport): boolean {
  return a.source === b.source && a.patient.id === b.patient.id;
}

/** Reports that continue each other in a cycle have no first one, so the smallest id is used. */
function smallestId(cycle: readonly EventReport[]): EventId {
  const ids = cycle.map(eventIdOf).toSorted((a, b) => (idText(a) < idText(b) ? -1 : 1));
  return ids[0] as EventId;
}

/** Reports by visit; within a record, after the reports they continue, then by time of the report. */
function inOrder(
  group: readonly EventReport[],
  chainLength: (report: EventReport) => number,
): EventReport[] {
  const sortKey = (report: EventReport) =>
    [
      visitOrder(report.record),
      String(chainLength(report)).padStart(6, '0'),
      report.event.reportedAt === undefined ? '' : sortable(report.event.reportedAt),
      report.event.key,
    ].join(' ');
  return group.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function idText({ recordId, key }: EventId): string {
  return JSON.stringify([recordId, key]);
}
