// Layer 4: resources -> records. A picker: reads what we wrote, by identifier and extension url, and
// passes over what others added. Nothing throws; what cannot be read is an issue.
import type {
  DocumentReference,
  Encounter,
  Organization,
  Patient,
  Practitioner,
  Procedure,
  QuestionnaireResponse,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { DEEPEST, isTooDeep } from '../depth.ts';
import { type Issue, refuses } from '../errors.ts';
import { readRecord } from '../ims/read.ts';
import type { ImsRecord } from '../ims/record.ts';
import { conflictsOf } from './conflicts.ts';
import { ENVELOPE_MEMBERS, RECORD_URL } from './context.ts';
import { formOf, responseFromFhir } from './documents.ts';
import { encounterFromFhir, namedPractitioners } from './encounter.ts';
import { readMembers } from './extension.ts';
import { filesFromFhir } from './files.ts';
import { SCOPE_LENGTH, sourceSystem } from './identity.ts';
import type { Loss } from './losses.ts';
import { patientFromFhir } from './patient.ts';
import { extensionsOf, type Found, ourValueOf, type Pool, poolOf } from './pool.ts';
import { procedureFromFhir, STATUS_URL } from './procedure.ts';
import { clinicFromFhir, practitionerFromFhir } from './staff.ts';

/** Types that carry the hash of a visit and may be of several: an event keeps that of its first telling. */
const NEVER_READ: ReadonlySet<string> = new Set(['AdverseEvent', 'Condition']);

/** One visit as read: the record, or issues that say why there is none. */
export interface ReadVisit {
  readonly record?: ImsRecord;
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
  /** The resources it was read from. */
  readonly resources: readonly Resource[];
}

/** What a list of resources holds. */
export interface Unmapped {
  readonly visits: readonly ReadVisit[];
  readonly issues: readonly Issue[];
}

/** Reads every visit of ours among `found`; everything else is told once. */
export function fromFhir(all: readonly Found[]): Unmapped {
  const deep = new Set(all.filter(({ resource }) => isTooDeep(resource)));
  const pool = poolOf(all.filter((one) => !deep.has(one)));
  const issues: Issue[] = [];
  const groups = new Map<string, Resource[]>();
  const isOurs = all.some(({ resource }) => ourValueOf(resource) !== undefined);
  let unlisted = 0;
  const add = (issue: Issue) => {
    if (issues.length < MAX_ISSUES) issues.push(issue);
    else unlisted++;
  };
  all.forEach((one, index) => {
    const { resource } = one;
    const path = `Bundle.entry[${index}]`;
    if (deep.has(one)) {
      add(fault('too-deep', path, `is nested more than ${DEEPEST} levels deep`));
      return;
    }
    const value = ourValueOf(resource);
    if (value === undefined) {
      if (!isOurs || !STAFF.has(resource.resourceType)) add(foreign(path, resource.resourceType));
    } else if (value.startsWith('v-') && !NEVER_READ.has(resource.resourceType)) {
      const prefix = value.slice(0, SCOPE_LENGTH);
      const group = groups.get(prefix);
      if (group === undefined) groups.set(prefix, [resource]);
      else group.push(resource);
    }
  });
  if (unlisted > 0) issues.push(more(unlisted));
  const visits = [...groups.values()].map((resources) => readVisit(resources, pool));
  return { visits, issues };
}

/** Issues listed of one Bundle beside those of its visits; the rest is counted. */
const MAX_ISSUES = 500;

function more(count: number): Issue {
  const message = `${count} more resources are too deep or carry no identifier of ours`;
  return { severity: 'information', code: 'too-many-faults', path: '', message };
}

/** People and places of the server that a visit of ours may refer to: they are not foreign. */
const STAFF: ReadonlySet<string> = new Set([
  'Patient',
  'Practitioner',
  'Organization',
  'PractitionerRole',
]);

function foreign(path: string, type: string): Issue {
  const message = `${type} carries no identifier of ours, so it is no part of an IMS record`;
  return { severity: 'information', code: 'foreign', path, message };
}

function readVisit(resources: readonly Resource[], pool: Pool): ReadVisit {
  const issues: Issue[] = [];
  try {
    const isTakenBack = isWholeTakenBack(resources);
    const standing = resources.filter((one) => stands(one, isTakenBack));
    const draft = draftOf(standing, pool, issues);
    if (draft === undefined || refuses(issues)) return { losses: [], issues, resources };
    const read = readRecord(draft);
    if (!read.ok) return { losses: [], issues: [...issues, ...read.issues], resources };
    const { record } = read;
    const told = [...issues, ...read.issues, ...conflictsOf(record, standing)];
    return { record, losses: [], issues: told, resources };
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.name : 'unknown fault'}`;
    return { losses: [], issues: [...issues, fault('unreadable', '', message)], resources };
  }
}

/**
 * False for what was taken back. While the whole record is taken back, what went with it stays part of
 * it; what an earlier revision had dropped does not. Whether it is, its Encounter says.
 */
function stands(resource: Resource, isTakenBack: boolean): boolean {
  const { status } = resource as { status?: unknown };
  if (status !== 'entered-in-error') return true;
  // A session that is an error by itself stands in its record; one taken back keeps its own status aside.
  const isKept = extensionsOf(resource).some(({ url }) => url === STATUS_URL);
  if (resource.resourceType === 'Procedure' && !isKept) return true;
  return isTakenBack && statusOf(resource) !== undefined
    ? statusOf(resource) === 'entered-in-error'
    : isTakenBack;
}

/** Status of the record's revision that wrote a resource last. */
function statusOf(resource: Resource): unknown {
  const mark = extensionsOf(resource).find(({ url }) => url === RECORD_URL)?.extension;
  return readMembers(mark, { status: ENVELOPE_MEMBERS.status }, { path: '', issues: [] }).status;
}

/** True while the record as a whole is taken back: its Encounter knows, else any of its resources. */
function isWholeTakenBack(resources: readonly Resource[]): boolean {
  const encounter = resources.find(({ resourceType }) => resourceType === 'Encounter');
  const asked = encounter === undefined ? resources : [encounter];
  return asked.every((one) => statusOf(one) === undefined || statusOf(one) === 'entered-in-error');
}

function fault(code: string, path: string, message: string): Issue {
  return { severity: 'error', code, path, message };
}

function draftOf(
  resources: readonly Resource[],
  pool: Pool,
  issues: Issue[],
): Record<string, unknown> | undefined {
  const reading = { issues };
  checkModifiers(resources, issues);
  const encounter = one<Encounter>(resources, 'Encounter', issues);
  const envelope = readEnvelope(encounter, resources, issues);
  if (envelope === undefined) return undefined;
  const source = String(envelope.source);
  const draft: Record<string, unknown> = { ...envelope };
  if (encounter !== undefined) {
    const people = readPeople(encounter, { pool, source });
    const { visit, local } = encounterFromFhir(encounter, {
      ...reading,
      path: 'Encounter',
      kind: envelope.kind,
    });
    Object.assign(draft, people.record, local === undefined ? {} : { local });
    const together = { ...visit, ...people.visit };
    if (Object.keys(together).length > 0 && envelope.kind !== 'contact') draft.visit = together;
  }
  for (const response of of<QuestionnaireResponse>(resources, 'QuestionnaireResponse')) {
    const form = formOf(response);
    if (form === undefined) issues.push(unknownForm());
    else
      Object.assign(
        draft,
        responseFromFhir(response, form, { ...reading, path: `QuestionnaireResponse(${form.id})` }),
      );
  }
  const files = of<DocumentReference>(resources, 'DocumentReference');
  Object.assign(draft, filesFromFhir(files, { ...reading, path: 'DocumentReference' }));
  const procedure = one<Procedure>(resources, 'Procedure', issues);
  if (procedure !== undefined) {
    draft.session = procedureFromFhir(procedure, { ...reading, path: 'Procedure' });
  }
  return draft;
}

function unknownForm(): Issue {
  const message = 'answers no Questionnaire of ours';
  return {
    severity: 'warning',
    code: 'unknown-form',
    path: 'QuestionnaireResponse.questionnaire',
    message,
  };
}

/** A modifier may turn the meaning of what we read, so one we do not know stops the reading. */
function checkModifiers(resources: readonly Resource[], issues: Issue[]): void {
  for (const resource of resources) {
    if (!('modifierExtension' in resource)) continue;
    const path = `${resource.resourceType}.modifierExtension`;
    issues.push(fault('modifier', path, 'changes the meaning in a way that is not known here'));
  }
}

function of<T extends Resource>(resources: readonly Resource[], type: T['resourceType']): T[] {
  return resources.filter((resource): resource is T => resource.resourceType === type);
}

function one<T extends Resource>(
  resources: readonly Resource[],
  type: T['resourceType'],
  issues: Issue[],
): T | undefined {
  const [first, ...more] = of<T>(resources, type);
  if (more.length > 0) {
    issues.push(fault('double', type, 'stands more than once for one visit'));
  }
  return first;
}

function readEnvelope(
  encounter: Encounter | undefined,
  resources: readonly Resource[],
  issues: Issue[],
): Record<string, unknown> | undefined {
  const holders = encounter === undefined ? resources : [encounter, ...resources];
  for (const holder of holders) {
    const mark = extensionsOf(holder).find(({ url }) => url === RECORD_URL);
    if (mark === undefined) continue;
    const path = `${holder.resourceType}.extension(ims-record)`;
    return readMembers(mark.extension, ENVELOPE_MEMBERS, { path, issues });
  }
  issues.push(fault('envelope-missing', '', 'no resource says which record it belongs to'));
  return undefined;
}

function readPeople(encounter: Encounter, { pool, source }: { pool: Pool; source: string }) {
  const visitors = (encounter.participant ?? []).flatMap(({ individual }) => individual ?? []);
  const idIn = (kind: 'patient' | 'practitioner' | 'clinic', reference: Reference) =>
    ownId(reference, pool, sourceSystem(source, kind));
  const practitioners = [...visitors, ...namedPractitioners(encounter)].flatMap((reference) => {
    const id = idIn('practitioner', reference);
    const resource = pool.resolve(reference) as Practitioner | undefined;
    return id === undefined ? [] : [practitionerFromFhir(resource, { id, source })];
  });
  const visiting = visitors.flatMap((reference) => idIn('practitioner', reference) ?? []);
  const patientId =
    encounter.subject === undefined ? undefined : idIn('patient', encounter.subject);
  const clinic = readClinic(encounter, pool, source);
  const patient = pool.resolve(encounter.subject) as Patient | undefined;
  return {
    record: {
      ...(patientId === undefined
        ? {}
        : { patient: patientFromFhir(patient, { id: patientId, source }) }),
      ...(practitioners.length === 0 ? {} : { practitioners }),
      ...(clinic === undefined ? {} : { clinic }),
    },
    visit: visiting.length === 0 ? {} : { practitioners: visiting },
  };
}

function readClinic({ serviceProvider }: Encounter, pool: Pool, source: string) {
  if (serviceProvider === undefined) return undefined;
  const id = ownId(serviceProvider, pool, sourceSystem(source, 'clinic'));
  return id === undefined
    ? undefined
    : clinicFromFhir(pool.resolve(serviceProvider) as Organization | undefined, id);
}

/** The source's own id of somebody: from the reference itself, else from whom it points to. */
function ownId(reference: Reference, pool: Pool, system: string): string | undefined {
  if (reference.identifier?.system === system) return reference.identifier.value;
  const resource = pool.resolve(reference) as Practitioner | undefined;
  return resource?.identifier?.find((identifier) => identifier.system === system)?.value;
}
