// Events. One that was charted as adverse, or must always be shown, and was not ruled out, is one
// AdverseEvent however often it is told: it keeps the identifier of its first telling and says what
// was said last. Every other event is an Observation of the visit that tells of it.
import type { AdverseEvent, CodeableConcept, Reference } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { renderCode, renderInstant } from '../../chart/values.ts';
import { RECORD_SYSTEM, structureUrl } from '../../fhir/canonical.ts';
import { ALWAYS_SHOWN, eventOutcomes, verifications } from '../../ims/codes/events.ts';
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
import { concept, hl7Coding } from '../../terminology/concepts.ts';
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
import { identifierValue, ourIdentifier, type Scope, scopeOf } from '../identity.ts';
import { procedureReference } from './questionnaire-response.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const CLASS_URL = structureUrl('event-class');

/** One entry for each report of an event: who reported it, when, and how certain it was. */
export const EVENT_REPORT_MEMBERS = {
  report: setOfValues(
    'Report',
    plain('Report', {
      record: required(id('Record')),
      at: instant('Reported at'),
      by: code('Reported by', informationSources),
      verification: code('Verification', verifications),
      outcome: code('Outcome', eventOutcomes),
    }),
  ),
} as const;
/** URL of the extension for one report. */
export const eventReportUrl = () => structureUrl('event-report');

const SHOWN: ReadonlySet<string> = new Set(ALWAYS_SHOWN);

/** True for an event that is shown whatever its class, unless it was charted as expected. */
export function isAlwaysShown({ code }: ImsEvent): boolean {
  return code !== undefined && SHOWN.has(code);
}

/** True for what is an AdverseEvent: charted as adverse, or always shown and not called expected. */
export function isAdverse(event: ImsEvent): boolean {
  const { considered, verification } = event;
  if (verification === 'ruled-out') return false;
  return considered === 'adverse' || (isAlwaysShown(event) && considered !== 'expected');
}

/** True for an event of the record's own session: said so, or not said and not of an earlier one. */
export function isAboutSession(event: ImsEvent, { session, visit, recordId }: ImsRecord): boolean {
  if (session === undefined) return false;
  if (event.aboutSession !== undefined) return event.aboutSession === recordId;
  const told = event.continues?.recordId ?? recordId;
  if (told !== recordId) return false;
  const start = session.startAt ?? visit?.startAt;
  const known = event.startedAt ?? event.reportedAt;
  return start === undefined || known === undefined || Date.parse(known) >= Date.parse(start);
}

/** An event as its reports have made it. */
export interface ReportedEvent {
  readonly history: EventHistory;
  readonly event: ImsEvent;
  /** The visit of the first telling, shared by all who tell of it. */
  readonly scope: Scope;
}

/** The events that this record tells of, each with all its reports. */
export function reportedEvents({ record, otherRecords }: Context): ReportedEvent[] {
  return eventHistories([record, ...otherRecords])
    .filter(({ reports }) => reports.some((telling) => telling.record === record))
    .map((history) => ({
      history,
      event: mergeReports(history.reports),
      scope: { ...scopeOf('visit', [record.source, history.first.recordId]), kind: 'episode' },
    }));
}

/** True where this record was the last to tell of the event, and so is the one to write it. */
export function isLatestReport({ history }: ReportedEvent, { record }: Context): boolean {
  return history.reports.at(-1)?.record === record;
}

/** The adverse events that this record was the last to tell of. */
export function adverseEventsToFhir(context: Context): MappedResource[] {
  // It has no status: what was taken back is not there at all.
  if (context.retracted) return [];
  return reportedEvents(context)
    .filter((one) => isAdverse(one.event) && isLatestReport(one, context))
    .map((one) => adverseToFhir(context, one));
}

function adverseToFhir(context: Context, one: ReportedEvent): MappedResource {
  const { event, history, scope } = one;
  const { subject, performers } = context;
  const { key } = history.first;
  const value = identifierValue(scope, 'ae', key);
  const [first] = history.reports as [EventReport];
  const [recorder] = performers;
  const session = sessionReference(context, history.reports);
  const resource = {
    resourceType: 'AdverseEvent',
    meta: { ...metaForProfile('ae'), tag: [{ system: RECORD_SYSTEM, code: value }] },
    text: { status: 'extensions', div: xhtml(narrativeOf(context, one)) },
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
    ...(event.startedAt === undefined ? {} : { date: event.startedAt }),
    recordedDate: first.event.reportedAt ?? first.record.recordedAt,
    ...(isComplication(event) ? { resultingCondition: [complicationReference(one)] } : {}),
    ...seriousness(event),
    ...mappedCode('severity', event.intensity),
    ...mappedCode('outcome', event.outcome),
    ...(recorder === undefined ? {} : { recorder }),
    ...(session === undefined
      ? {}
      : { suspectEntity: [{ instance: session, ...causality(event) }] }),
  } as AdverseEvent;
  return mappedResource(scope, { part: 'ae', key }, resource);
}

/** True for what is a Condition of its own beside the event: serious, or always to be shown. */
export function isComplication(event: ImsEvent): boolean {
  return isAdverse(event) && (event.severity === 'ae-serious' || isAlwaysShown(event));
}

/** A reference to the Condition of an event. */
export function complicationReference({ event, history, scope }: ReportedEvent): Reference {
  const value = identifierValue(scope, 'harm', history.first.key);
  return reference('Condition', value, eventConcept(event).text ?? 'Complication');
}

/** An event as a concept; a suspicion says so in its first word. */
export function eventConcept(event: ImsEvent): CodeableConcept {
  const { code, verification, asWritten } = event;
  const words = asWritten?.code;
  const said = words ?? (code === undefined ? 'Event' : renderCode(code));
  const suspected = verification === 'suspected' ? `Suspected: ${said}` : said;
  return { ...(code === undefined ? {} : concept(code)), text: suspected };
}

function reportOf({ record, event }: EventReport) {
  const { reportedAt, reportedBy, verification, outcome } = event;
  const at = reportedAt ?? visitTime(record);
  return {
    record: record.recordId,
    ...(at === undefined ? {} : { at }),
    ...(reportedBy === undefined ? {} : { by: reportedBy }),
    ...(verification === undefined ? {} : { verification }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** The visit at which the event was told first, where its record is at hand. */
function encounterOf({ record, encounter }: Context, first: EventReport): Reference {
  if (first.record === record) return encounter;
  const scope = scopeOf('visit', [record.source, first.record.recordId]);
  return reference('Encounter', identifierValue(scope, 'enc'), 'IMS visit');
}

/** The session that the event is put down to, as the last telling that knows one says. */
function sessionReference(
  context: Context,
  reports: readonly EventReport[],
): Reference | undefined {
  const known = reports.findLast(
    ({ event, record }) => event.aboutSession !== undefined || isAboutSession(event, record),
  );
  if (known === undefined) return undefined;
  const { record } = context;
  const recordId = known.event.aboutSession ?? known.record.recordId;
  if (recordId === record.recordId) {
    return record.session === undefined ? undefined : procedureReference(context);
  }
  const value = identifierValue(scopeOf('visit', [record.source, recordId]), 'proc');
  const { type, identifier, display } = reference('Procedure', value, 'Needling session');
  return { type, identifier, display } as Reference;
}

/** Serious exactly for the class that says so; absent where no class was charted. */
function seriousness({ severity }: ImsEvent) {
  if (severity === undefined) return {};
  const code = severity === 'ae-serious' ? 'Serious' : 'Non-serious';
  return { seriousness: { coding: [{ system: `${HL7}/adverse-event-seriousness`, code }] } };
}

function mappedCode(name: 'severity' | 'outcome', code: string | undefined) {
  const found = code === undefined ? undefined : hl7Coding(code, `${HL7}/adverse-event-${name}`);
  return found === undefined ? {} : { [name]: { coding: [found] } };
}

function causality({ causality }: ImsEvent) {
  const found =
    causality === undefined
      ? undefined
      : hl7Coding(causality, `${HL7}/adverse-event-causality-assess`);
  return found === undefined ? {} : { causality: [{ assessment: { coding: [found] } }] };
}

/** What it comes to; told more than once, every telling in its own words beneath, the last first. */
function narrativeOf({ record }: Context, { history, event }: ReportedEvent): Block[] {
  const { reports } = history;
  const heading = 'Adverse event';
  const [only, ...more] = reports.toReversed() as [EventReport, ...EventReport[]];
  if (more.length === 0) return [...recordNotices(record), { heading, lines: renderEvent(only) }];
  return [
    ...recordNotices(record),
    { heading, lines: [eventConcept(event).text ?? '', `Reported ${reports.length} times`] },
    ...[only, ...more].map((telling) => ({
      heading: headingOf(telling),
      lines: renderEvent(telling),
    })),
  ];
}

function headingOf({ event, record }: EventReport): string {
  const at = event.reportedAt ?? visitTime(record);
  if (at === undefined) return 'Reported';
  return `Reported ${at.includes('T') ? renderInstant(at) : at}`;
}

/** An event in words, one line per fact. */
export function renderEvent({ event, record }: EventReport): string[] {
  return renderObject(event, definition.of.members, namesOf(record));
}
