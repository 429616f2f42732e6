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
import { isTooDeep, MAX_DEPTH } from '../depth.ts';
import { errorIssue, type Issue, informationIssue, refuses, warningIssue } from '../errors.ts';
import { readRecord } from '../ims/reader/read.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { readMembers } from './codec/extension.ts';
import { conflictsOf } from './conflicts.ts';
import { ENVELOPE_MEMBERS, RECORD_URL } from './context.ts';
import { parseIdentifier, sourceSystem } from './identity.ts';
import type { Loss } from './losses.ts';
import {
  extensionsOf,
  indexResources,
  ownIdentifier,
  type ReceivedResource,
  type ResourceIndex,
} from './resource-index.ts';
import { filesFromFhir } from './resources/document-reference.ts';
import { encounterFromFhir, namedPractitioners } from './resources/encounter.ts';
import { patientFromFhir } from './resources/patient.ts';
import { procedureFromFhir, STATUS_URL } from './resources/procedure.ts';
import { formOf, responseFromFhir } from './resources/questionnaire-response.ts';
import { clinicFromFhir, practitionerFromFhir } from './resources/staff.ts';

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
export interface ReadResult {
  readonly visits: readonly ReadVisit[];
  readonly issues: readonly Issue[];
}

/** Reads every visit of ours among `found`; everything else is told once. */
export function fromFhir(all: readonly ReceivedResource[]): ReadResult {
  const deep = new Set(all.filter(({ resource }) => isTooDeep(resource)));
  const pool = indexResources(all.filter((one) => !deep.has(one)));
  const issues: Issue[] = [];
  const groups = new Map<string, Resource[]>();
  all.forEach((one, index) => {
    const { resource } = one;
    const path = `Bundle.entry[${index}]`;
    if (deep.has(one)) {
      issues.push(errorIssue('too-deep', path, `is nested more than ${MAX_DEPTH} levels deep`));
      return;
    }
    const identifier = parseIdentifier(ownIdentifier(resource));
    if (identifier === undefined) {
      if (!isReferredTo(resource, pool)) issues.push(foreign(path, resource.resourceType));
    } else if (identifier.scope.kind === 'visit' && !NEVER_READ.has(resource.resourceType)) {
      const { prefix } = identifier.scope;
      groups.set(prefix, [...(groups.get(prefix) ?? []), resource]);
    }
  });
  const visits = [...groups.values()].map((resources) => readVisit(resources, pool));
  return { visits, issues };
}

/** People and places of the server that a visit may point to are not foreign. */
function isReferredTo({ resourceType }: Resource, { all }: ResourceIndex): boolean {
  const isStaff = ['Patient', 'Practitioner', 'Organization', 'PractitionerRole'].includes(
    resourceType,
  );
  return isStaff && all.some(({ resource }) => ownIdentifier(resource) !== undefined);
}

function foreign(path: string, type: string): Issue {
  const message = `${type} carries no identifier of ours, so it is no part of an IMS record`;
  return informationIssue('foreign', path, message);
}

function readVisit(resources: readonly Resource[], pool: ResourceIndex): ReadVisit {
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
    return { losses: [], issues: [...issues, errorIssue('unreadable', '', message)], resources };
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

function draftOf(
  resources: readonly Resource[],
  pool: ResourceIndex,
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
  return warningIssue('unknown-form', 'QuestionnaireResponse.questionnaire', message);
}

/** A modifier may turn the meaning of what we read, so one we do not know stops the reading. */
function checkModifiers(resources: readonly Resource[], issues: Issue[]): void {
  for (const resource of resources) {
    if (!('modifierExtension' in resource)) continue;
    const path = `${resource.resourceType}.modifierExtension`;
    issues.push(
      errorIssue('modifier', path, 'changes the meaning in a way that is not known here'),
    );
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
    issues.push(errorIssue('double', type, 'stands more than once for one visit'));
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
  issues.push(errorIssue('envelope-missing', '', 'no resource says which record it belongs to'));
  return undefined;
}

function readPeople(
  encounter: Encounter,
  { pool, source }: { pool: ResourceIndex; source: string },
) {
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

function readClinic({ serviceProvider }: Encounter, pool: ResourceIndex, source: string) {
  if (serviceProvider === undefined) return undefined;
  const id = ownId(serviceProvider, pool, sourceSystem(source, 'clinic'));
  return id === undefined
    ? undefined
    : clinicFromFhir(pool.resolve(serviceProvider) as Organization | undefined, id);
}

/** The source's own id of somebody: from the reference itself, else from whom it points to. */
function ownId(reference: Reference, pool: ResourceIndex, system: string): string | undefined {
  if (reference.identifier?.system === system) return reference.identifier.value;
  const resource = pool.resolve(reference) as Practitioner | undefined;
  return resource?.identifier?.find((identifier) => identifier.system === system)?.value;
}
