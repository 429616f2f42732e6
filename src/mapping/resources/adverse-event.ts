// Maps adverse events to AdverseEvent: events that were charted as adverse or are of a kind that must
// always be shown, and were not ruled out. All reports of one event are one resource, with the identifier
// of the first report and the content of the latest. Other events are Observations (reactions.ts).
import type { AdverseEvent, CodeableConcept, Reference } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { renderCode, renderInstant } from '../../chart/values.ts';
import { defined } from '../../defined.ts';
import { hl7System, RECORD_SYSTEM, structureUrl } from '../../fhir/canonical.ts';
import { ALWAYS_SHOWN, eventOutcomes, eventVerifications } from '../../ims/codes/events.ts';
import {
  type EventHistory,
  type EventReport,
  eventHistories,
  mergeReports,
} from '../../ims/records/event-reports.ts';
import { code, id, instant, plain, required, setOfValues } from '../../ims/schema/build.ts';
import { events as definition, type ImsEvent } from '../../ims/schema/events.ts';
import { informationSources } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, hl7Coding, hl7Concept } from '../../terminology/concepts.ts';
import { writeMembers } from '../codec/extension.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
  sharedRecordExtension,
  visitTime,
} from '../context.ts';
import {
  type IdentifierScope,
  identifierScope,
  identifierValue,
  ourIdentifier,
} from '../identity.ts';
import { procedureReference } from './questionnaire-response.ts';

const CLASS_URL = structureUrl('event-class');

/** One entry for each report of an event: who reported it, when, and how certain it was. */
export const EVENT_REPORT_MEMBERS = {
  report: setOfValues(
    'Report',
    plain('Report', {
      record: required(id('Record')),
      at: instant('Reported at'),
      by: code('Reported by', informationSources),
      verification: code('Verification', eventVerifications),
      outcome: code('Outcome', eventOutcomes),
    }),
  ),
} as const;
/** URL of the extension for one report. */
export const eventReportUrl = () => structureUrl('event-report');

const SHOWN: ReadonlySet<string> = new Set(ALWAYS_SHOWN);

/** True for an event of a kind that must always be shown, such as a pneumothorax. */
export function isAlwaysShown({ code }: ImsEvent): boolean {
  return code !== undefined && SHOWN.has(code);
}

/** True for an event that is an AdverseEvent: charted as adverse, or always shown and not expected. */
export function isAdverse(event: ImsEvent): boolean {
  const { considered, verification } = event;
  if (verification === 'ruled-out') return false;
  return considered === 'adverse' || (isAlwaysShown(event) && considered !== 'expected');
}

/**
 * True for an event that the chart attributes to the session of this record. An event without a session
 * counts too if this record reported it first and it is not known to have started before the session.
 */
export function isAboutSession(event: ImsEvent, { session, visit, recordId }: ImsRecord): boolean {
  if (session === undefined) return false;
  if (event.aboutSession !== undefined) return event.aboutSession === recordId;
  const firstReportedBy = event.continues?.recordId ?? recordId;
  if (firstReportedBy !== recordId) return false;
  const sessionStart = session.startAt ?? visit?.startAt;
  const eventTime = event.startedAt ?? event.reportedAt;
  if (sessionStart === undefined || eventTime === undefined) return true;
  return Date.parse(eventTime) >= Date.parse(sessionStart);
}

/** An event with all its reports, merged into `event`. */
export interface ReportedEvent {
  readonly history: EventHistory;
  readonly event: ImsEvent;
  /** Identifier scope of the visit of its first report, shared by all records that report it. */
  readonly scope: IdentifierScope;
}

/** The events that this record reports, each with its reports in all records. */
export function reportedEvents({ record, otherRecords }: Context): ReportedEvent[] {
  return eventHistories([record, ...otherRecords])
    .filter(({ reports }) => reports.some((report) => report.record === record))
    .map((history) => ({
      history,
      event: mergeReports(history.reports),
      scope: {
        ...identifierScope('visit', [record.source, history.firstId.recordId]),
        kind: 'episode',
      },
    }));
}

/** True where this record has the latest report of the event, and so writes it. */
export function isLatestReport({ history }: ReportedEvent, { record }: Context): boolean {
  return history.reports.at(-1)?.record === record;
}

/** The adverse events whose latest report is in this record. */
export function adverseEventsToFhir(context: Context): MappedResource[] {
  // AdverseEvent has no status, so a retracted one is deleted instead.
  if (context.retracted) return [];
  return reportedEvents(context)
    .filter((reported) => isAdverse(reported.event) && isLatestReport(reported, context))
    .map((reported) => adverseToFhir(context, reported));
}

function adverseToFhir(context: Context, reported: ReportedEvent): MappedResource {
  const { event, history, scope } = reported;
  const { subject, performers } = context;
  const { key } = history.firstId;
  const value = identifierValue(scope, 'ae', key);
  const [first] = history.reports as [EventReport];
  const [recorder] = performers;
  const session = sessionReference(context, history.reports);
  const resource = {
    resourceType: 'AdverseEvent',
    meta: { ...metaForProfile('ae'), tag: [{ system: RECORD_SYSTEM, code: value }] },
    text: { status: 'extensions', div: narrativeDiv(narrativeOf(context, reported)) },
    extension: [
      sharedRecordExtension(context),
      ...(event.severity === undefined
        ? []
        : [{ url: CLASS_URL, valueCodeableConcept: concept(event.severity) }]),
      ...writeMembers(
        { report: history.reports.map(reportOf) },
        EVENT_REPORT_MEMBERS,
        eventReportUrl,
      ),
    ],
    identifier: ourIdentifier(value),
    actuality: 'actual',
    event: eventConcept(event),
    subject,
    encounter: encounterOf(context, first),
    ...defined({ date: event.startedAt }),
    recordedDate: first.event.reportedAt ?? first.record.recordedAt,
    ...(isComplication(event) ? { resultingCondition: [complicationReference(reported)] } : {}),
    ...seriousness(event),
    ...mappedCode('severity', event.intensity),
    ...mappedCode('outcome', event.outcome),
    ...defined({ recorder }),
    ...(session === undefined
      ? {}
      : { suspectEntity: [{ instance: session, ...causality(event) }] }),
  } as AdverseEvent;
  return mappedResource(scope, { part: 'ae', key }, resource);
}

/** True for an event that is a Condition as well: serious, or of a kind that is always shown. */
export function isComplication(event: ImsEvent): boolean {
  return isAdverse(event) && (event.severity === 'ae-serious' || isAlwaysShown(event));
}

/** A reference to the Condition that an event caused. */
export function complicationReference({ event, history, scope }: ReportedEvent): Reference {
  const value = identifierValue(scope, 'harm', history.firstId.key);
  return reference('Condition', value, eventConcept(event).text ?? 'Complication');
}

/** An event as a concept; the text of a suspected one begins with "Suspected". */
export function eventConcept(event: ImsEvent): CodeableConcept {
  const { code, verification, asWritten } = event;
  const name = asWritten?.code ?? (code === undefined ? 'Event' : renderCode(code));
  const text = verification === 'suspected' ? `Suspected: ${name}` : name;
  return { ...(code === undefined ? {} : concept(code)), text };
}

function reportOf({ record, event }: EventReport) {
  const { reportedAt, reportedBy, verification, outcome } = event;
  const at = reportedAt ?? visitTime(record);
  return { record: record.recordId, at, by: reportedBy, verification, outcome };
}

/** The visit of the earliest report that is loaded. */
function encounterOf({ record, encounter }: Context, first: EventReport): Reference {
  if (first.record === record) return encounter;
  const scope = identifierScope('visit', [record.source, first.record.recordId]);
  return reference('Encounter', identifierValue(scope, 'enc'), 'IMS visit');
}

/** The session to which the latest report with a session attributes the event. */
function sessionReference(
  context: Context,
  reports: readonly EventReport[],
): Reference | undefined {
  const attributing = reports.findLast(
    ({ event, record }) => event.aboutSession !== undefined || isAboutSession(event, record),
  );
  if (attributing === undefined) return undefined;
  const { record } = context;
  const recordId = attributing.event.aboutSession ?? attributing.record.recordId;
  if (recordId === record.recordId) {
    return record.session === undefined ? undefined : procedureReference(context);
  }
  const value = identifierValue(identifierScope('visit', [record.source, recordId]), 'proc');
  const { type, identifier, display } = reference('Procedure', value, 'Needling session');
  return { type, identifier, display } as Reference;
}

/** `seriousness`: Serious only for the class of serious events; absent where no class was charted. */
function seriousness({ severity }: ImsEvent) {
  if (severity === undefined) return {};
  const code = severity === 'ae-serious' ? 'Serious' : 'Non-serious';
  return { seriousness: hl7Concept('adverse-event-seriousness', code) };
}

function mappedCode(name: 'severity' | 'outcome', code: string | undefined) {
  const mapped =
    code === undefined ? undefined : hl7Coding(code, hl7System(`adverse-event-${name}`));
  return mapped === undefined ? {} : { [name]: { coding: [mapped] } };
}

function causality({ causality }: ImsEvent) {
  const mapped =
    causality === undefined
      ? undefined
      : hl7Coding(causality, hl7System('adverse-event-causality-assess'));
  return mapped === undefined ? {} : { causality: [{ assessment: { coding: [mapped] } }] };
}

/** The report; with several reports, the merged event and then each report as charted, latest first. */
function narrativeOf({ record }: Context, { history, event }: ReportedEvent): Block[] {
  const { reports } = history;
  const heading = 'Adverse event';
  const [latest, ...earlier] = reports.toReversed() as [EventReport, ...EventReport[]];
  if (earlier.length === 0)
    return [...recordNotices(record), { heading, lines: renderEvent(latest) }];
  return [
    ...recordNotices(record),
    { heading, lines: [eventConcept(event).text ?? '', `Reported ${reports.length} times`] },
    ...[latest, ...earlier].map((report) => ({
      heading: headingOf(report),
      lines: renderEvent(report),
    })),
  ];
}

function headingOf({ event, record }: EventReport): string {
  const at = event.reportedAt ?? visitTime(record);
  if (at === undefined) return 'Reported';
  return `Reported ${at.includes('T') ? renderInstant(at) : at}`;
}

/** A report of an event in words, one line for each fact. */
export function renderEvent({ event, record }: EventReport): string[] {
  return renderObject(event, definition.of.members, namesOf(record));
}
