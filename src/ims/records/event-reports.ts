// Merges the reports of one event. A report can continue an earlier report in the same or in another
// record; members that it omits keep the values of the earlier reports.
import { defined } from '../../defined.ts';
import type { ImsEvent } from '../schema/events.ts';
import type { ImsRecord } from '../schema/record.ts';
import { sortableInstant, visitOrder } from './visit-order.ts';

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

/** All reports of one event, oldest first. The record with the first report may be missing. */
export interface EventHistory {
  readonly firstId: EventId;
  readonly reports: readonly EventReport[];
}

/** Groups the reports in the records of one source by event. */
export function eventHistories(records: readonly ImsRecord[]): EventHistory[] {
  const ordered = records.toSorted((a, b) => (visitOrder(a) < visitOrder(b) ? -1 : 1));
  const reports = ordered.flatMap((record) =>
    (record.events ?? []).map((event): EventReport => ({ record, event })),
  );
  const byId = new Map(reports.map((report) => [idToText(eventIdOf(report)), report]));
  const chains = new Map(reports.map((report) => [report, chainOf(report, byId)]));
  const firstIdOf = (report: EventReport) => chains.get(report)?.firstId ?? eventIdOf(report);
  const groups = Map.groupBy(reports, (report) => idToText(firstIdOf(report)));
  return [...groups.values()].map((group) => ({
    firstId: firstIdOf(group[0] as EventReport),
    reports: sortReports(group, (report) => chains.get(report)?.length ?? 0),
  }));
}

/** The id of a report. */
export function eventIdOf({ record, event }: EventReport): EventId {
  return { recordId: record.recordId, key: event.key };
}

/** The id of the earlier report that this report continues; undefined for a first report. */
export function continuedEventId({ record, event }: EventReport): EventId | undefined {
  const { continues } = event;
  if (continues === undefined) return undefined;
  return { recordId: continues.recordId ?? record.recordId, key: continues.key };
}

/** Merges the reports of one event, oldest first: each member has its latest value. */
export function mergeReports(reports: readonly EventReport[]): ImsEvent {
  const merged: Record<string, unknown> = {};
  const wording: Record<string, string> = {};
  for (const { event } of reports) {
    for (const [name, value] of Object.entries(event)) {
      if (name === 'asWritten' || isUnspecified(name, value)) continue;
      merged[name] = value;
      // The wording of an earlier report describes the replaced value.
      delete wording[name];
    }
    Object.assign(wording, event.asWritten);
  }
  const asWritten = Object.keys(wording).length === 0 ? undefined : wording;
  return { ...merged, ...defined({ asWritten }) } as ImsEvent;
}

/** True for the classification `not-said`, which does not replace an earlier classification. */
function isUnspecified(name: string, value: unknown): boolean {
  return name === 'considered' && value === 'not-said';
}

/** Follows `continues` back to the first report of the event, and counts the reports on the way. */
function chainOf(report: EventReport, byId: ReadonlyMap<string, EventReport>) {
  const visited = [report];
  let firstId = eventIdOf(report);
  let continuedId = continuedEventId(report);
  while (continuedId !== undefined) {
    const earlier = byId.get(idToText(continuedId));
    // Records of another patient cannot report the same event.
    if (earlier !== undefined && !isSamePatient(earlier, report)) break;
    if (earlier !== undefined && visited.includes(earlier)) {
      return { firstId: smallestId(visited.slice(visited.indexOf(earlier))), length: 0 };
    }
    firstId = continuedId;
    if (earlier === undefined) break;
    visited.push(earlier);
    continuedId = continuedEventId(earlier);
  }
  return { firstId, length: visited.length };
}

function isSamePatient({ record: a }: EventReport, { record: b }: EventReport): boolean {
  return a.source === b.source && a.patient.id === b.patient.id;
}

/** The smallest id in a cycle of reports, which has no first report. */
function smallestId(cycle: readonly EventReport[]): EventId {
  const ids = cycle.map(eventIdOf).toSorted((a, b) => (idToText(a) < idToText(b) ? -1 : 1));
  return ids[0] as EventId;
}

/** Sorts reports by visit; within a record, by length of the chain, then by time of the report. */
function sortReports(
  group: readonly EventReport[],
  chainLength: (report: EventReport) => number,
): EventReport[] {
  const sortKey = (report: EventReport) =>
    [
      visitOrder(report.record),
      String(chainLength(report)).padStart(6, '0'),
      report.event.reportedAt === undefined ? '' : sortableInstant(report.event.reportedAt),
      report.event.key,
    ].join(' ');
  return group.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function idToText({ recordId, key }: EventId): string {
  return JSON.stringify([recordId, key]);
}
