// Finds visits at a target by their Encounters. `visit-resources.ts` reads each of them.
import type { Encounter } from '@medplum/fhirtypes';
import { AdapterError, errorIssue, type Issue } from '../errors.ts';
import { RECORD_SYSTEM } from '../fhir/canonical.ts';
import { tokenOf } from '../fhir/search.ts';
import { addDays, firstDay, lastDay } from '../ims/records/dates.ts';
import type { ReadVisit } from '../mapping/from-fhir.ts';
import { identifierScope, identifierValue, isOfVisit } from '../mapping/identity.ts';
import { isIdentifiedBy, ownIdentifier } from '../mapping/resource-index.ts';
import type { Remote } from '../remote/remote.ts';
import type { SearchParams } from '../remote/search.ts';
import { MissingContent, newer, readVisit } from './visit-resources.ts';

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

/** The result of a search for visits. */
export interface FoundVisits {
  readonly visits: readonly ReadVisit[];
  /** Why visits may be missing: issues `incomplete`. */
  readonly issues: readonly Issue[];
  /** Continues the search; absent where there are no more visits. */
  readonly cursor?: string;
}

/**
 * One visit of a source by its record id; undefined if the target does not have it. Throws AdapterError
 * `remote-refused` if the target withholds it.
 */
export async function pullRecord(
  remote: Remote,
  { source, recordId }: { source: string; recordId: string },
): Promise<ReadVisit | undefined> {
  const value = identifierValue(identifierScope('visit', [source, recordId]), 'enc');
  const missing = new MissingContent();
  let found: Encounter | undefined;
  for await (const encounter of remote.search('Encounter', [identifiedBy(value)], missing.report)) {
    if (isIdentifiedBy(encounter, value)) found = newer(found, encounter);
  }
  if (found !== undefined) return readVisit(remote, found);
  if (missing.issues.length === 0) return undefined;
  const message = `Target ${remote.name} withholds resources from the search for this visit.`;
  throw new AdapterError('remote-refused', message, { issues: missing.issues });
}

/** Visits of a query, oldest change first, and a cursor when there are more. */
export async function pullVisits(remote: Remote, query: VisitQuery): Promise<FoundVisits> {
  const missing = new MissingContent();
  const { issues } = missing;
  const params = await paramsOf(remote, query, missing);
  if (params === undefined) return { visits: [], issues };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const page = new Map<string, Encounter>();
  for await (const encounter of remote.search('Encounter', params, missing.report)) {
    const { id = '' } = encounter;
    if (!mayAnswer(encounter, query, after) || after?.seen.includes(id)) continue;
    if (page.size === PAGE && !page.has(id)) {
      const cursor = writeCursor([...page.values()], after, remote.name);
      return { visits: await readAll(remote, page, query), issues, cursor };
    }
    page.set(id, newer(page.get(id), encounter));
  }
  return { visits: await readAll(remote, page, query), issues };
}

/**
 * False for an Encounter that certainly does not answer the query: some servers ignore a parameter and
 * return everything. Source and patient are checked once the visit is read.
 */
function mayAnswer(
  encounter: Encounter,
  { from, to, changedSince }: VisitQuery,
  after: Cursor | undefined,
): boolean {
  if (!isOfVisit(ownIdentifier(encounter))) return false;
  const changed = Date.parse(encounter.meta?.lastUpdated ?? '');
  if (changed < Date.parse(after?.since ?? changedSince ?? '')) return false;
  // The server compares instants, so a day of tolerance covers all time zones.
  const { start, end } = encounter.period ?? {};
  const [first, last] = [dayOf(start ?? end), dayOf(end ?? start)];
  if (first === undefined || last === undefined) return true;
  const isBefore = from !== undefined && lastDay(last) < addDays(from, -1);
  return !isBefore && !(to !== undefined && firstDay(first) > addDays(to, 1));
}

function dayOf(dateTime: string | undefined): string | undefined {
  return /^\d{4}(?:-\d{2}){0,2}(?=T|$)/.exec(dateTime ?? '')?.[0];
}

async function readAll(
  remote: Remote,
  page: ReadonlyMap<string, Encounter>,
  query: VisitQuery,
): Promise<ReadVisit[]> {
  const visits: ReadVisit[] = [];
  for (const encounter of page.values()) {
    const visit = await readVisit(remote, encounter);
    if (visit !== undefined && isAskedFor(visit, query)) visits.push(visit);
  }
  return visits;
}

/** A server may have visits of several sources; the caller may read only its own. */
function isAskedFor({ record }: ReadVisit, { source, patient }: VisitQuery): boolean {
  if (record === undefined) return true;
  return record.source === source && (patient === undefined || record.patient.id === patient);
}

/** The parameters of a query; undefined if the target does not have the patient. */
async function paramsOf(
  remote: Remote,
  query: VisitQuery,
  missing: MissingContent,
): Promise<SearchParams | undefined> {
  const params: [string, string][] = [['identifier', tokenOf(RECORD_SYSTEM, '')]];
  if (query.patient !== undefined) {
    const value = identifierValue(
      identifierScope('patient', [query.source, query.patient]),
      'patient',
    );
    const id = await patientIdOf(remote, value, missing);
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

async function patientIdOf(
  remote: Remote,
  value: string,
  missing: MissingContent,
): Promise<string | undefined> {
  for await (const patient of remote.search('Patient', [identifiedBy(value)], missing.report)) {
    if (isIdentifiedBy(patient, value)) return patient.id;
  }
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

function writeCursor(
  page: readonly Encounter[],
  before: Cursor | undefined,
  target: string,
): string {
  const since = page.at(-1)?.meta?.lastUpdated;
  if (since === undefined) {
    const message = `Target ${target} does not say when resources were changed, so a search cannot be continued after ${PAGE} visits: select fewer.`;
    throw new AdapterError('remote-protocol', message);
  }
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
