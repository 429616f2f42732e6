// record.session <-> one Procedure. Each needled muscle and side is one `needled-site` extension and,
// for systems that read only core elements, one bodySite with the side in its text.
import type { CodeableConcept, Procedure } from '@medplum/fhirtypes';
import { sayFindings } from '../chart/findings.ts';
import { type Names, namesOf } from '../chart/names.ts';
import { type Block, xhtml } from '../chart/narrative.ts';
import { PLACE_MEMBERS } from '../chart/places.ts';
import { titleOf, titleOfSession } from '../chart/title.ts';
import { sayObject, saySite } from '../chart/words.ts';
import { structureUrl } from '../fhir/canonical.ts';
import type { Members } from '../ims/members.ts';
import { session as definition, type Session } from '../ims/session.ts';
import { techniques } from '../ims/session-codes.ts';
import { concept } from '../terminology/concepts.ts';
import { readCode } from '../terminology/read.ts';
import { eventConcept, isAboutSession, isAdverse } from './adverse-event.ts';
import { complaintConcept, complaintsOf, conditionReferences } from './condition.ts';
import { type Context, type MappedResource, mapped, reference } from './context.ts';
import { screeningReference } from './documents.ts';
import { type Reading, readMembers, writeMembers } from './extension.ts';
import { identifierValue, ourIdentifier, scopeOf } from './identity.ts';
import { readNotes, writeNotes } from './notes.ts';
import { bodySiteOf } from './observation.ts';
import { DATA_ABSENT_URL } from './response.ts';

const { status, startAt, endAt, technique, ...others } = definition.members;
/** Members with an element of their own in Procedure, so that an edit there is seen. */
export const NATIVE_MEMBERS = { status, startAt, endAt, technique } as const;
/** Members that travel as extensions named after them. */
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
/** The extension that holds a member. */
export const urlOf = (name: string) => URLS[name as keyof typeof others];
/** Times of a session that was not done: nothing was performed, so Procedure has no element for them. */
export const TIME_MEMBERS = { startAt, endAt } as const;
/** The extension that holds a time of a session that was not done. */
export const timeUrlOf = (name: string) =>
  structureUrl(name === 'startAt' ? 'session-start' : 'session-end');
/** The session's own status, kept when the record is taken back. */
export const STATUS_URL = structureUrl('session-status');
/** What the session rests on: the screening response. */
export const SUPPORTING_URL = structureUrl('supporting-record');

/** The session as a Procedure. */
export function procedureToFhir(context: Context): MappedResource[] {
  const { record, subject, encounter, performers, visitScope, mark, retracted } = context;
  const { session } = record;
  if (session === undefined) return [];
  const notes = writeNotes(session, { withText: true });
  const supporting = supportingReference(context, session);
  const resource = {
    resourceType: 'Procedure',
    text: { status: 'extensions', div: xhtml(narrativeOf(context, session)) },
    extension: [
      mark,
      ...writeMembers(session, EXTENSION_MEMBERS, urlOf),
      ...(isDone(session) ? [] : writeMembers(session, TIME_MEMBERS, timeUrlOf)),
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
    ...(performers.length === 0 ? {} : { performer: performers.map((actor) => ({ actor })) }),
    ...optional('reasonCode', complaintsOf(context).map(complaintConcept).filter(isSaid)),
    ...optional('reasonReference', conditionReferences(context)),
    ...optional('bodySite', isDone(session) ? (session.sites ?? []).map(bodySiteOf) : []),
    ...optional(
      'complication',
      (record.events ?? [])
        .filter((event) => isAdverse(event) && isAboutSession(event, record))
        .map(eventConcept),
    ),
  } as Procedure;
  return [mapped(visitScope, { part: 'proc' }, resource)];
}

function optional<T>(name: string, values: readonly T[]) {
  return values.length === 0 ? {} : { [name]: values };
}

function isSaid({ coding, text }: CodeableConcept): boolean {
  return coding !== undefined || text !== undefined;
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
  return { statusReason: concept(reason) };
}

/** False where nothing was performed, at no time and at no site. */
function isDone({ status }: Session): boolean {
  return status !== 'not-done';
}

/** Statuses that R4 cannot be told without a time. */
const PERFORMED: ReadonlySet<string> = new Set(['in-progress', 'stopped', 'completed']);
const NOT_KNOWN = { extension: [{ url: DATA_ABSENT_URL, valueCode: 'unknown' }] };

/** Times of the session, else of the visit, else that they are not known. */
function performedOf({ visitAt }: Context, session: Session) {
  const { status, startAt, endAt } = session;
  if (!isDone(session)) return {};
  if (startAt !== undefined || endAt !== undefined)
    return { performedPeriod: period(startAt, endAt) };
  if (status === 'preparation') return {};
  if (visitAt !== undefined) return { performedDateTime: visitAt };
  return PERFORMED.has(status) ? { _performedDateTime: NOT_KNOWN } : {};
}

function period(start: string | undefined, end: string | undefined) {
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

function supportingReference(context: Context, { screening }: Session) {
  const { record } = context;
  if (screening?.basis === 'this-record') return screeningReference(context);
  if (screening?.basis !== 'other-record' || screening.recordId === undefined) return undefined;
  const other = scopeOf('visit', [record.source, screening.recordId]);
  const { type, identifier, display } = reference(
    'QuestionnaireResponse',
    identifierValue(other, 'qs'),
    'Screening of another record',
  );
  return { type, identifier, display };
}

const { sites: needled, sitesNotNeedled: skipped, ...WHOLE_SESSION } = definition.members;
const AT_SITE = withoutPlace(needled.of.members);
const AT_SKIPPED_SITE = withoutPlace(skipped.of.members);

function withoutPlace(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !PLACE_MEMBERS.has(name)));
}

function narrativeOf(context: Context, session: Session): Block[] {
  const { record, findings } = context;
  const { sites, sitesNotNeedled, screening, stop, ...rest } = session;
  const names = namesOf(record);
  return [
    ...titleOf(record),
    ...titleOfSession(record),
    {
      heading: 'Contraindications and precautions',
      lines: findings.length > 0 ? sayFindings(findings, record) : [sayBasis(session)],
    },
    {
      heading: 'Needling session',
      lines: sayObject({ ...rest, screening, stop }, WHOLE_SESSION, names),
    },
    {
      heading: 'Needled sites',
      lines: (sites ?? []).flatMap((one) => sayUnder(one, AT_SITE, names)),
    },
    {
      heading: 'Sites not needled',
      lines: (sitesNotNeedled ?? []).flatMap((one) => sayUnder(one, AT_SKIPPED_SITE, names)),
    },
  ];
}

/** Where to look for contraindications when this record has none to show; never "none". */
function sayBasis({ screening }: Session): string {
  switch (screening?.basis) {
    case 'this-record':
      return 'No finding among the answers of this screening; see there what was asked';
    case 'other-record':
      return `Screened in another record: ${screening.recordId ?? 'not named'}`;
    case 'screening-not-documented':
      return 'SCREENING NOT DOCUMENTED';
    default:
      return 'Not said which screening the session rests on';
  }
}

type Place = Parameters<typeof bodySiteOf>[0];

function sayUnder(one: Place, members: Members, names: Names): string[] {
  const details = sayObject({ ...one, text: undefined, asWritten: placeless(one) }, members, names);
  return [saySite(one), ...details.map((line) => `  ${line}`)];
}

/** Words as written of the place itself are said with it. */
function placeless({ asWritten }: Place): Readonly<Record<string, string>> | undefined {
  if (asWritten === undefined) return undefined;
  return Object.fromEntries(Object.entries(asWritten).filter(([name]) => !PLACE_MEMBERS.has(name)));
}

/** The session a Procedure of ours holds. */
export function procedureFromFhir(resource: Procedure, reading: Reading): Session {
  const kept = resource.extension?.find(({ url }) => url === STATUS_URL)?.valueCode;
  const found = readCode(resource.code, techniques.codes);
  const { start, end } = resource.performedPeriod ?? {};
  return {
    ...readNotes(resource.extension),
    status: kept ?? resource.status,
    ...(start === undefined ? {} : { startAt: start }),
    ...(end === undefined ? {} : { endAt: end }),
    ...(found === undefined ? {} : { technique: found }),
    ...readMembers(resource.extension, TIME_MEMBERS, { ...reading, urlOf: timeUrlOf }),
    ...readMembers(resource.extension, EXTENSION_MEMBERS, { ...reading, urlOf }),
  } as Session;
}
