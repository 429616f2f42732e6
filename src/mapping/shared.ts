// Resources that several records share: a Flag, a complaint's Condition, a Goal, a referral, the course
// plan, a consent to the course, an adverse event. Each is a pure function of the records that
// contribute to it. Most follow the latest visit alone; those that keep what earlier visits charted
// are merged from all of them.

import { continuedEventId, type EventId, eventIdOf } from '../ims/records/event-reports.ts';
import type { Finding } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { contextOf, type MappedResource } from './context.ts';
import { identifierScope, identifierValue, parseIdentifier } from './identity.ts';
import { sharedToFhir } from './to-fhir.ts';

/** A record, or its excerpt, with the screening findings that its Flags are built from. */
export interface Contributor {
  readonly record: ImsRecord;
  readonly findings: readonly Finding[];
}

/** True for the identifier of a resource that several records share. */
export function isShared(identifier: string): boolean {
  return sharingOf(identifier) !== undefined;
}

/** True for a shared resource that is merged from all its records. */
export function isMerged(identifier: string): boolean {
  return sharingOf(identifier) === 'merged';
}

/** True for a shared resource that is built from the latest visit alone. */
export function followsLatestVisit(identifier: string): boolean {
  return sharingOf(identifier) === 'latest';
}

/** True for an event, as an AdverseEvent or as the Condition it caused. */
export function isEvent(identifier: string): boolean {
  const part = parseIdentifier(identifier)?.part;
  return part === 'ae' || part === 'harm';
}

const LATEST: ReadonlySet<string> = new Set(['flag', 'cond', 'diag', 'goal', 'referral']);
const MERGED: ReadonlySet<string> = new Set(['plan', 'consent']);

function sharingOf(identifier: string): 'latest' | 'merged' | undefined {
  const { scope, part } = parseIdentifier(identifier) ?? {};
  if (scope === undefined || part === undefined) return undefined;
  if (scope.kind === 'visit') return part === 'ae' || part === 'harm' ? 'merged' : undefined;
  if (MERGED.has(part)) return 'merged';
  return LATEST.has(part) ? 'latest' : undefined;
}

/**
 * The identifiers of merged resources that a record contributes to: the plan of its course, consents
 * to the course, each event it reports and each event that such a report continues, both as an
 * AdverseEvent and as the Condition it may have caused. Some may turn out not to exist.
 */
export function mergedIdentifiers(record: ImsRecord): string[] {
  const { source, patient, episode, events = [] } = record;
  const ids = events.flatMap((event) => {
    const report = { record, event };
    return [eventIdOf(report), continuedEventId(report)].flatMap((id) => id ?? []);
  });
  const identifiers = ids.flatMap((id) => eventIdentifiers(source, id));
  if (episode !== undefined) {
    const scope = identifierScope('episode', [source, patient.id, episode.id]);
    identifiers.push(identifierValue(scope, 'plan'));
    for (const { key } of episode.consents ?? []) {
      identifiers.push(identifierValue(scope, 'consent', key));
    }
  }
  return [...new Set(identifiers)];
}

function eventIdentifiers(source: string, { recordId, key }: EventId): string[] {
  const scope = identifierScope('visit', [source, recordId]);
  return [identifierValue(scope, 'ae', key), identifierValue(scope, 'harm', key)];
}

/** Builds the shared resources of one contributor, by identifier; `others` are the other contributors. */
export function buildShared(
  { record, findings }: Contributor,
  others: readonly ImsRecord[],
): Map<string, MappedResource> {
  const context = contextOf(record, { findings, violations: [] }, others);
  const resources = sharedToFhir(context).filter(({ value }) => isShared(value));
  return new Map(resources.map((mapped) => [mapped.value, mapped]));
}

/** The form of an excerpt; to be raised when an excerpt gets other members. */
const EXCERPT_FORMAT = 1;

/** The members that an excerpt keeps unchanged. */
const EXCERPT_MEMBERS = [
  'kind',
  'source',
  'recordId',
  'revision',
  'status',
  'recordedAt',
  'corrections',
  'episode',
  'visit',
  'screening',
  'session',
  'refusals',
  'events',
] as const satisfies readonly (keyof ImsRecord)[];

/**
 * The part of a record that its shared resources are built from, so that they can be built again when
 * the record itself has been purged: no address, files, notes or facts about the patient, and of what
 * was examined only what a kept part refers to.
 */
export function excerptOf({ record, findings }: Contributor): string {
  const { patient, practitioners, clinic, contacts, assessment = {}, documents } = record;
  const kept = Object.fromEntries(EXCERPT_MEMBERS.map((name) => [name, record[name]]));
  const excerpt = {
    ...kept,
    patient: { id: patient.id, name: patient.name },
    practitioners: practitioners?.map(({ id, name }) => ({ id, name })),
    clinic: clinic && { id: clinic.id, timeZone: clinic.timeZone },
    // The time of a contact decides the order of visits.
    contacts: contacts?.map(({ key, at, date }) => ({ key, at, date })),
    assessment: assessmentExcerpt(assessment, kept),
    documents: documents?.map(({ key, title }) => ({ key, title })),
  };
  return JSON.stringify({ format: EXCERPT_FORMAT, record: excerpt, findings });
}

type Assessment = NonNullable<ImsRecord['assessment']>;

/** Review and standings, and of the findings those whose keys the kept members name. */
function assessmentExcerpt(assessment: Assessment, kept: object): Record<string, unknown> {
  const { review, standings, ...examined } = assessment;
  const text = JSON.stringify([kept, review, standings]);
  const isNamed = (item: unknown) =>
    [...JSON.stringify(item).matchAll(/"key":("[^"]+")/g)].some(([, key = '']) =>
      text.includes(key),
    );
  const lists = Object.entries(examined).flatMap(([name, value]) => {
    const named = Array.isArray(value) ? value.filter(isNamed) : [];
    return named.length === 0 ? [] : [[name, named] as const];
  });
  return { ...Object.fromEntries(lists), review, standings };
}

/** The contributor that `excerptOf` wrote; undefined for text of another form or format. */
export function readExcerpt(text: string): Contributor | undefined {
  try {
    const { format, record, findings } = JSON.parse(text) as Partial<Contributor> & {
      readonly format?: unknown;
    };
    if (format !== EXCERPT_FORMAT || record === undefined || findings === undefined)
      return undefined;
    return { record, findings };
  } catch {
    return undefined;
  }
}
