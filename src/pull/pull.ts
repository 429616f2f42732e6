// Reads visits back from a target: finds their Encounters, loads the resources of each and maps them to
// records. Only resources written by this adapter are read.
import type { Encounter, Reference, Resource, ResourceType } from '@medplum/fhirtypes';
import { AdapterError, errorIssue } from '../errors.ts';
import { RECORD_SYSTEM } from '../fhir/canonical.ts';
import { parseReference } from '../fhir/reference.ts';
import { tokenOf } from '../fhir/search.ts';
import { fromFhir, type ReadVisit } from '../mapping/from-fhir.ts';
import {
  identifierScope,
  identifierValue,
  isOfVisit,
  parseIdentifier,
} from '../mapping/identity.ts';
import { ownIdentifier } from '../mapping/resource-index.ts';
import { namedPractitioners } from '../mapping/resources/encounter.ts';
import type { Remote } from '../remote/remote.ts';
import type { SearchParams } from '../remote/search.ts';

/** Visits per page of a search. */
const PAGE = 20;

/** Which visits of a source to pull; dates are civil dates, `changedSince` an instant. */
export interface VisitQuery {
  readonly source: string;
  readonly patient?: string;
  readonly from?: string;
  readonly to?: string;
  readonly changedSince?: string;
  readonly cursor?: string;
}

/** One visit of a source by its record id; undefined if the target does not have it. */
export async function pullRecord(
  remote: Remote,
  { source, recordId }: { source: string; recordId: string },
): Promise<ReadVisit | undefined> {
  const value = identifierValue(identifierScope('visit', [source, recordId]), 'enc');
  for await (const encounter of remote.search('Encounter', [identifiedBy(value)])) {
    return readVisit(remote, encounter);
  }
  return undefined;
}

/** Visits of a query, oldest change first, and a cursor when there are more. */
export async function pullVisits(
  remote: Remote,
  query: VisitQuery,
): Promise<{ visits: ReadVisit[]; cursor?: string }> {
  const params = await paramsOf(remote, query);
  if (params === undefined) return { visits: [] };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const page: Encounter[] = [];
  for await (const encounter of remote.search('Encounter', params)) {
    const isVisit = isOfVisit(ownIdentifier(encounter));
    if (!isVisit || after?.seen.includes(encounter.id ?? '')) continue;
    if (page.length === PAGE)
      return { visits: await readAll(remote, page, query), cursor: writeCursor(page, after) };
    page.push(encounter);
  }
  return { visits: await readAll(remote, page, query) };
}

async function readAll(
  remote: Remote,
  page: readonly Encounter[],
  { source }: VisitQuery,
): Promise<ReadVisit[]> {
  const visits: ReadVisit[] = [];
  for (const encounter of page) {
    const visit = await readVisit(remote, encounter);
    // A server may have visits of several sources; the caller may read only its own.
    if (visit !== undefined && (visit.record === undefined || visit.record.source === source)) {
      visits.push(visit);
    }
  }
  return visits;
}

async function paramsOf(remote: Remote, query: VisitQuery): Promise<SearchParams | undefined> {
  const params: [string, string][] = [['identifier', tokenOf(RECORD_SYSTEM, '')]];
  if (query.patient !== undefined) {
    const value = identifierValue(
      identifierScope('patient', [query.source, query.patient]),
      'patient',
    );
    const id = await firstId(remote, 'Patient', value);
    if (id === undefined) return undefined;
    params.push(['patient', `Patient/${id}`]);
  }
  const since = query.cursor === undefined ? query.changedSince : readCursor(query.cursor).since;
  if (query.from !== undefined) params.push(['date', `ge${query.from}`]);
  if (query.to !== undefined) params.push(['date', `le${query.to}`]);
  if (since !== undefined) params.push(['_lastUpdated', `ge${since}`]);
  params.push(['_sort', '_lastUpdated']);
  return params;
}

async function firstId(
  remote: Remote,
  type: 'Patient',
  value: string,
): Promise<string | undefined> {
  for await (const { id } of remote.search(type, [identifiedBy(value)])) return id;
  return undefined;
}

function identifiedBy(value: string): [string, string] {
  return ['identifier', tokenOf(RECORD_SYSTEM, value)];
}

interface Cursor {
  readonly since: string;
  /** Ids of the Encounters with exactly this time of change that were already returned. */
  readonly seen: readonly string[];
}

function writeCursor(page: readonly Encounter[], before: Cursor | undefined): string {
  const since = page.at(-1)?.meta?.lastUpdated ?? '';
  const same = page.filter(({ meta }) => meta?.lastUpdated === since).map(({ id }) => id ?? '');
  const seen = before?.since === since ? [...before.seen, ...same] : same;
  return Buffer.from(JSON.stringify({ since, seen })).toString('base64url');
}

function readCursor(text: string): Cursor {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Cursor>;
    if (typeof value.since === 'string' && Array.isArray(value.seen)) {
      return { since: value.since, seen: value.seen.map(String) };
    }
  } catch {
    // A malformed cursor gets the same error as one with the wrong members.
  }
  throw new AdapterError('invalid-input', 'The cursor is not valid.', {
    issues: [errorIssue('format', '/cursor', 'must be a cursor from an earlier answer')],
  });
}

/** Types that contain parts of a visit and are searched by its Encounter. */
const PARTS_OF_VISIT = [
  'QuestionnaireResponse',
  'Procedure',
  'Observation',
  'DocumentReference',
] as const;

/** Types of the resources that a visit is read from, except people and organizations. */
export const PULLED_TYPES: ReadonlySet<string> = new Set(['Encounter', ...PARTS_OF_VISIT]);

/** Loads all resources of one visit and maps them. */
async function readVisit(remote: Remote, encounter: Encounter): Promise<ReadVisit | undefined> {
  const byEncounter: SearchParams = [['encounter', `Encounter/${encounter.id}`]];
  const resources: Resource[] = [encounter];
  for (const type of PARTS_OF_VISIT) {
    for await (const resource of remote.search(type, byEncounter)) resources.push(resource);
  }
  const people: (Reference | undefined)[] = [
    encounter.subject,
    encounter.serviceProvider,
    ...(encounter.participant ?? []).map(({ individual }) => individual),
    ...namedPractitioners(encounter),
  ];
  for (const reference of people) {
    const resource = await resolve(remote, reference);
    if (resource !== undefined) resources.push(resource);
  }
  const { visits } = fromFhir(resources.map((resource) => ({ resource })));
  const visit = visitPrefixOf(encounter);
  return visits.find((read) => read.resources.some((part) => visitPrefixOf(part) === visit));
}

function visitPrefixOf(resource: Resource): string | undefined {
  return parseIdentifier(ownIdentifier(resource))?.scope.prefix;
}

async function resolve(
  remote: Remote,
  reference: Reference | undefined,
): Promise<Resource | undefined> {
  const parsed = parseReference(reference?.reference ?? '');
  if (parsed.kind !== 'relative' && parsed.kind !== 'absolute') return undefined;
  return remote.read(parsed.type as ResourceType, parsed.id);
}
