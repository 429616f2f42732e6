// Maps the needling session to Procedure and back. Each needled site is an extension `needled-site` and,
// for systems that read only core elements, a bodySite with the side in its text.
import type { CodeableConcept, Procedure } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices, sessionNotices } from '../../chart/notices.ts';
import { renderSites } from '../../chart/numbered-sites.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { structureUrl } from '../../fhir/canonical.ts';
import { techniques } from '../../ims/codes/session.ts';
import { session as definition, type Session } from '../../ims/schema/session.ts';
import { concept } from '../../terminology/concepts.ts';
import { readCode } from '../../terminology/read.ts';
import { mappedSiteOf } from '../body-site.ts';
import { readMembers, writeMembers } from '../codec/extension.ts';
import type { ReadContext } from '../codec/leaf.ts';
import { readNotes, writeNotes } from '../codec/notes.ts';
import { DATA_ABSENT_URL } from '../codec/response.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
} from '../context.ts';
import { identifierScope, identifierValue, ourIdentifier } from '../identity.ts';
import {
  complicationReference,
  eventConcept,
  isAboutSession,
  isAdverse,
  isComplication,
  reportedEvents,
} from './adverse-event.ts';
import { conditionReferences, reasonsOf } from './condition.ts';
import { performersOf } from './performer.ts';
import { screeningReference } from './questionnaire-response.ts';

// The four members named here have their own element in Procedure, from which they are also read.
const { status, startAt, endAt, technique, ...others } = definition.members;
/** Members that are extensions. */
export const EXTENSION_MEMBERS = others;

const URLS: Record<keyof typeof others, string> = {
  substanceInjected: structureUrl('substance-injected'),
  screening: structureUrl('session-screening'),
  stop: structureUrl('session-stop'),
  sites: structureUrl('needled-site'),
  sitesNotNeedled: structureUrl('site-not-needled'),
  positions: structureUrl('session-position'),
  hygiene: structureUrl('session-hygiene'),
  course: structureUrl('course-position'),
  billed: structureUrl('billed-code'),
  alsoDone: structureUrl('also-done'),
  adverseEvent: structureUrl('adverse-event-happened'),
  counts: structureUrl('needle-count'),
  result: structureUrl('session-result'),
  needleTypes: structureUrl('needle-type'),
  channels: structureUrl('estim-channel'),
  aftercare: structureUrl('aftercare'),
  warnings: structureUrl('warning-given'),
};
/** URL of the extension for a member. */
export const sessionUrl = (name: string) => URLS[name as keyof typeof others];
/** Times of a session that was not done: R4 has no element for them, as nothing was performed. */
export const TIME_MEMBERS = { startAt, endAt } as const;
/** URL of the extension for a time of a session that was not done. */
export const sessionTimeUrl = (name: string) =>
  structureUrl(name === 'startAt' ? 'session-start' : 'session-end');
/** Extension with the session's own status, written when the record is retracted. */
export const STATUS_URL = structureUrl('session-status');
/** Extension with a reference to the screening that the session relied on. */
export const SUPPORTING_URL = structureUrl('supporting-record');

/** The session as a Procedure. */
export function procedureToFhir(context: Context): MappedResource[] {
  const { record, subject, encounter, visitScope, recordExtension, retracted } = context;
  const { session } = record;
  if (session === undefined) return [];
  const notes = writeNotes(session, { withText: true });
  const supporting = supportingReference(context, session);
  const resource = {
    resourceType: 'Procedure',
    meta: metaForProfile('proc'),
    text: { status: 'extensions', div: narrativeDiv(narrativeOf(context, session)) },
    extension: [
      recordExtension,
      ...writeMembers(session, EXTENSION_MEMBERS, sessionUrl),
      ...(isDone(session) ? [] : writeMembers(session, TIME_MEMBERS, sessionTimeUrl)),
      ...(retracted ? [{ url: STATUS_URL, valueCode: session.status }] : []),
      ...(notes === undefined ? [] : [notes]),
      ...(supporting === undefined ? [] : [{ url: SUPPORTING_URL, valueReference: supporting }]),
    ],
    identifier: [ourIdentifier(identifierValue(visitScope, 'proc'))],
    status: retracted ? 'entered-in-error' : session.status,
    ...statusReasonOf(session),
    code: codeOf(session),
    subject,
    encounter,
    ...performedOf(context, session),
    ...optional('performer', performersOf(context)),
    ...optional('reasonCode', reasonsOf(context)),
    ...optional('reasonReference', conditionReferences(context)),
    ...optional(
      'bodySite',
      isDone(session)
        ? (session.sites ?? []).map((site) => mappedSiteOf(context, site).bodySite)
        : [],
    ),
    ...complicationsOf(context),
    ...optional('followUp', followUpOf(session)),
  } as Procedure;
  return [mappedResource(visitScope, { part: 'proc' }, resource)];
}

/** The complications of this session, as this record reports them; later records do not change it. */
function complicationsOf(context: Context) {
  const { record } = context;
  const own = reportedEvents({ ...context, otherRecords: [] }).filter(
    ({ event, history }) =>
      isAdverse(event) && history.reports.some((report) => isAboutSession(report.event, record)),
  );
  const keys = new Set(own.flatMap(({ history }) => history.reports.map(({ event }) => event.key)));
  const conditions = reportedEvents(context).filter(
    ({ event, history }) =>
      isComplication(event) &&
      history.reports.some((report) => report.record === record && keys.has(report.event.key)),
  );
  return {
    ...optional(
      'complication',
      own.map(({ event }) => eventConcept(event)),
    ),
    ...optional('complicationDetail', conditions.map(complicationReference)),
  };
}

function optional<T>(name: string, values: readonly T[]) {
  return values.length === 0 ? {} : { [name]: values };
}

function codeOf({ technique, asWritten, text }: Session): CodeableConcept {
  const words = technique === 'other' ? text : asWritten?.technique;
  const coded = technique === undefined ? {} : concept(technique);
  if (words !== undefined) return { ...coded, text: words };
  return technique === undefined ? { text: 'Needling session' } : coded;
}

function statusReasonOf({ status, stop }: Session) {
  const [reason] = stop?.reasons ?? [];
  if (reason === undefined || (status !== 'not-done' && status !== 'stopped')) return {};
  return { statusReason: concept(reason, { dependsOn: status }) };
}

/** Advice and warnings for the time after the session; `other` in the chart's own words. */
function followUpOf({ aftercare = [], warnings = [], asWritten, text }: Session) {
  const toConcept = (code: string, member: 'aftercare' | 'warnings') =>
    code === 'other' ? concept(code, { text: asWritten?.[member] ?? text }) : concept(code);
  const wordsOnly = (codes: readonly string[], member: 'aftercare' | 'warnings') =>
    codes.length === 0 && asWritten?.[member] !== undefined ? [{ text: asWritten[member] }] : [];
  return [
    ...aftercare.map((code) => toConcept(code, 'aftercare')),
    ...wordsOnly(aftercare, 'aftercare'),
    ...warnings.map((code) => toConcept(code, 'warnings')),
    ...wordsOnly(warnings, 'warnings'),
  ];
}

/** False for a session that was not done: it has neither time nor sites. */
function isDone({ status }: Session): boolean {
  return status !== 'not-done';
}

/** Statuses for which our profile requires a time. */
const PERFORMED: ReadonlySet<string> = new Set(['in-progress', 'stopped', 'completed']);
const UNKNOWN_TIME = { extension: [{ url: DATA_ABSENT_URL, valueCode: 'unknown' }] };

/** The time of the session, otherwise of the visit, otherwise marked as unknown. */
function performedOf({ visitAt }: Context, session: Session) {
  const { status, startAt, endAt } = session;
  if (!isDone(session)) return {};
  if (startAt !== undefined || endAt !== undefined)
    return { performedPeriod: period(startAt, endAt) };
  if (status === 'preparation') return {};
  if (visitAt !== undefined) return { performedDateTime: visitAt };
  return PERFORMED.has(status) ? { _performedDateTime: UNKNOWN_TIME } : {};
}

function period(start: string | undefined, end: string | undefined) {
  return defined({ start, end });
}

function supportingReference(context: Context, { screening }: Session) {
  const { record } = context;
  if (screening?.basis === 'this-record') return screeningReference(context);
  if (screening?.basis !== 'other-record' || screening.recordId === undefined) return undefined;
  const otherVisit = identifierScope('visit', [record.source, screening.recordId]);
  const { type, identifier, display } = reference(
    'QuestionnaireResponse',
    identifierValue(otherVisit, 'qs'),
    'Screening of another record',
  );
  return { type, identifier, display };
}

const { sites: NEEDLED, sitesNotNeedled: SKIPPED, ...WHOLE_SESSION } = definition.members;

function narrativeOf({ record, safety }: Context, session: Session): Block[] {
  return [
    ...recordNotices(record),
    ...sessionNotices(record),
    ...safety,
    { heading: definition.label, lines: renderObject(session, WHOLE_SESSION, namesOf(record)) },
    { heading: NEEDLED.label, lines: renderSites(record, true) },
    { heading: SKIPPED.label, lines: renderSites(record, false) },
  ];
}

/** The session that a Procedure was written from. */
export function procedureFromFhir(resource: Procedure, reading: ReadContext): Session {
  const ownStatus = resource.extension?.find(({ url }) => url === STATUS_URL)?.valueCode;
  const technique = readCode(resource.code, techniques.codes);
  const { start, end } = resource.performedPeriod ?? {};
  return {
    ...readNotes(resource.extension),
    status: ownStatus ?? resource.status,
    ...defined({ startAt: start, endAt: end, technique }),
    ...readMembers(resource.extension, TIME_MEMBERS, { ...reading, urlOf: sessionTimeUrl }),
    ...readMembers(resource.extension, EXTENSION_MEMBERS, { ...reading, urlOf: sessionUrl }),
  } as Session;
}
