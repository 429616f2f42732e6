// Maps FHIR resources to records. It reads what this adapter wrote, recognised by identifier and extension
// url, and ignores other content. It never throws: what cannot be read is reported as an issue.
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
import { defined } from '../defined.ts';
import { isTooDeep, MAX_DEPTH } from '../depth.ts';
import {
  errorIssue,
  hasErrors,
  type Issue,
  informationIssue,
  type Loss,
  warningIssue,
} from '../errors.ts';
import { MAX_ISSUES, TOO_MANY_ISSUES } from '../ims/reader/issue-list.ts';
import { readRecord } from '../ims/reader/read.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { readMembers } from './codec/extension.ts';
import { conflictsOf } from './conflicts.ts';
import { ENVELOPE_MEMBERS, RECORD_URL } from './context.ts';
import { parseIdentifier, sourceSystem } from './identity.ts';
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

/** Types that may belong to several visits, although an event has the identifier of its first report. */
const NEVER_READ: ReadonlySet<string> = new Set(['AdverseEvent', 'Condition']);

/** One visit as read: its record, or the issues that prevented reading it. */
export interface ReadVisit {
  readonly record?: ImsRecord;
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
  /** The resources it was read from. */
  readonly resources: readonly Resource[];
}

/** The visits in a list of resources, and the issues of resources that belong to no visit. */
export interface ReadResult {
  readonly visits: readonly ReadVisit[];
  readonly issues: readonly Issue[];
}

/** Reads every visit in `all`; each resource that belongs to no visit is an issue. */
export function fromFhir(all: readonly ReceivedResource[]): ReadResult {
  const tooDeep = new Set(all.filter(({ resource }) => isTooDeep(resource)));
  const resourceIndex = indexResources(all.filter((received) => !tooDeep.has(received)));
  const issues: Issue[] = [];
  const groups = new Map<string, Resource[]>();
  const hasOwn = all.some(({ resource }) => ownIdentifier(resource) !== undefined);
  let unlisted = 0;
  const add = (issue: Issue) => {
    if (issues.length < MAX_ISSUES) issues.push(issue);
    else unlisted++;
  };
  all.forEach((received, index) => {
    const { resource } = received;
    const path = `Bundle.entry[${index}]`;
    if (tooDeep.has(received)) {
      add(errorIssue('too-deep', path, `must not be nested deeper than ${MAX_DEPTH} levels`));
      return;
    }
    const identifier = parseIdentifier(ownIdentifier(resource));
    if (identifier === undefined) {
      const isReferenceable = hasOwn && STAFF.has(resource.resourceType);
      if (!isReferenceable) add(foreign(path, resource.resourceType));
    } else if (identifier.scope.kind === 'visit' && !NEVER_READ.has(resource.resourceType)) {
      const { prefix } = identifier.scope;
      const group = groups.get(prefix);
      if (group === undefined) groups.set(prefix, [resource]);
      else group.push(resource);
    }
  });
  if (unlisted > 0) issues.push(unlistedIssue(unlisted));
  const visits = [...groups.values()].map((resources) => readVisit(resources, resourceIndex));
  return { visits, issues };
}

function unlistedIssue(count: number): Issue {
  const message = `${count} more resources are nested too deeply or have no identifier of this adapter`;
  return informationIssue(TOO_MANY_ISSUES, '', message);
}

/** Patients, staff and clinics of the server, which a visit may reference. */
const STAFF: ReadonlySet<string> = new Set([
  'Patient',
  'Practitioner',
  'Organization',
  'PractitionerRole',
]);

function foreign(path: string, type: string): Issue {
  const message = `${type} has no identifier of this adapter, so it does not belong to an IMS record`;
  return informationIssue('foreign', path, message);
}

function readVisit(resources: readonly Resource[], index: ResourceIndex): ReadVisit {
  const issues: Issue[] = [];
  try {
    const isRetracted = isRecordRetracted(resources);
    const current = resources.filter((one) => isCurrent(one, isRetracted));
    const draft = draftOf(current, index, issues);
    if (draft === undefined || hasErrors(issues)) return { losses: [], issues, resources };
    const read = readRecord(draft);
    if (!read.ok) return { losses: [], issues: [...issues, ...read.issues], resources };
    const { record } = read;
    const all = [...issues, ...read.issues, ...conflictsOf(record, current)];
    return { record, losses: [], issues: all, resources };
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.name : 'unknown error'}`;
    return { losses: [], issues: [...issues, errorIssue('unreadable', '', message)], resources };
  }
}

/**
 * True for a resource of the record's latest revision. A retracted resource is one only if the whole
 * record was retracted with it; those that an earlier revision dropped never are.
 */
function isCurrent(resource: Resource, isRetracted: boolean): boolean {
  const { status } = resource as { status?: unknown };
  if (status !== 'entered-in-error') return true;
  // A session may be charted as entered in error; a retracted one has its own status in an extension.
  const hasOwnStatus = extensionsOf(resource).some(({ url }) => url === STATUS_URL);
  if (resource.resourceType === 'Procedure' && !hasOwnStatus) return true;
  return isRetracted && statusOf(resource) !== undefined
    ? statusOf(resource) === 'entered-in-error'
    : isRetracted;
}

/** Status of the revision of the record that wrote a resource last. */
function statusOf(resource: Resource): unknown {
  const envelope = extensionsOf(resource).find(({ url }) => url === RECORD_URL)?.extension;
  const { status } = ENVELOPE_MEMBERS;
  return readMembers(envelope, { status }, { path: '', issues: [] }).status;
}

/** True where the whole record is retracted, by its Encounter or, without one, by all resources. */
function isRecordRetracted(resources: readonly Resource[]): boolean {
  const encounter = resources.find(({ resourceType }) => resourceType === 'Encounter');
  const decisive = encounter === undefined ? resources : [encounter];
  return decisive.every(
    (one) => statusOf(one) === undefined || statusOf(one) === 'entered-in-error',
  );
}

function draftOf(
  resources: readonly Resource[],
  index: ResourceIndex,
  issues: Issue[],
): Record<string, unknown> | undefined {
  checkModifiers(resources, issues);
  const encounter = single<Encounter>(resources, 'Encounter', issues);
  const envelope = readEnvelope(encounter, resources, issues);
  if (envelope === undefined) return undefined;
  const source = String(envelope.source);
  const draft: Record<string, unknown> = { ...envelope };
  if (encounter !== undefined) {
    const people = readPeople(encounter, { index, source });
    const reading = { issues, path: 'Encounter', kind: envelope.kind };
    const { visit, local } = encounterFromFhir(encounter, reading);
    Object.assign(draft, people.record, defined({ local }));
    const whole = { ...visit, ...people.visit };
    if (Object.keys(whole).length > 0 && envelope.kind !== 'contact') draft.visit = whole;
  }
  for (const response of ofType<QuestionnaireResponse>(resources, 'QuestionnaireResponse')) {
    Object.assign(draft, readResponse(response, issues));
  }
  const files = ofType<DocumentReference>(resources, 'DocumentReference');
  Object.assign(draft, filesFromFhir(files, { issues, path: 'DocumentReference' }));
  const procedure = single<Procedure>(resources, 'Procedure', issues);
  if (procedure !== undefined) {
    draft.session = procedureFromFhir(procedure, { issues, path: 'Procedure' });
  }
  return draft;
}

function readResponse(response: QuestionnaireResponse, issues: Issue[]): Partial<ImsRecord> {
  const form = formOf(response);
  if (form !== undefined) {
    return responseFromFhir(response, form, { issues, path: `QuestionnaireResponse(${form.id})` });
  }
  const path = 'QuestionnaireResponse.questionnaire';
  issues.push(warningIssue('unknown-form', path, 'must be a Questionnaire of this adapter'));
  return {};
}

/** An unknown modifier extension may reverse the meaning of a resource, so the visit is not read. */
function checkModifiers(resources: readonly Resource[], issues: Issue[]): void {
  for (const resource of resources) {
    if (!('modifierExtension' in resource)) continue;
    const path = `${resource.resourceType}.modifierExtension`;
    issues.push(errorIssue('modifier', path, 'modifier extensions are not supported'));
  }
}

function ofType<T extends Resource>(resources: readonly Resource[], type: T['resourceType']): T[] {
  return resources.filter((resource): resource is T => resource.resourceType === type);
}

/** The only resource of a type; an issue where there are several. */
function single<T extends Resource>(
  resources: readonly Resource[],
  type: T['resourceType'],
  issues: Issue[],
): T | undefined {
  const [first, ...surplus] = ofType<T>(resources, type);
  if (surplus.length > 0) {
    issues.push(errorIssue('double', type, 'at most one is allowed for each visit'));
  }
  return first;
}

function readEnvelope(
  encounter: Encounter | undefined,
  resources: readonly Resource[],
  issues: Issue[],
): Record<string, unknown> | undefined {
  const candidates = encounter === undefined ? resources : [encounter, ...resources];
  for (const resource of candidates) {
    const envelope = extensionsOf(resource).find(({ url }) => url === RECORD_URL);
    if (envelope === undefined) continue;
    const path = `${resource.resourceType}.extension(ims-record)`;
    return readMembers(envelope.extension, ENVELOPE_MEMBERS, { path, issues });
  }
  issues.push(errorIssue('envelope-missing', '', 'extension ims-record is required'));
  return undefined;
}

function readPeople(
  encounter: Encounter,
  { index, source }: { index: ResourceIndex; source: string },
) {
  const attending = (encounter.participant ?? []).flatMap(({ individual }) => individual ?? []);
  const idIn = (kind: 'patient' | 'practitioner' | 'clinic', reference: Reference) =>
    sourceId(reference, index, sourceSystem(source, kind));
  const practitioners = [...attending, ...namedPractitioners(encounter)].flatMap((reference) => {
    const id = idIn('practitioner', reference);
    const resource = index.resolve(reference) as Practitioner | undefined;
    return id === undefined ? [] : [practitionerFromFhir(resource, { id, source })];
  });
  const attendingIds = attending.flatMap((reference) => idIn('practitioner', reference) ?? []);
  const { subject } = encounter;
  const patientId = subject === undefined ? undefined : idIn('patient', subject);
  const resource = index.resolve(subject) as Patient | undefined;
  const patient =
    patientId === undefined ? undefined : patientFromFhir(resource, { id: patientId, source });
  const clinic = readClinic(encounter, index, source);
  return {
    record: {
      ...defined({ patient, clinic }),
      ...(practitioners.length === 0 ? {} : { practitioners }),
    },
    visit: attendingIds.length === 0 ? {} : { practitioners: attendingIds },
  };
}

function readClinic({ serviceProvider }: Encounter, index: ResourceIndex, source: string) {
  if (serviceProvider === undefined) return undefined;
  const id = sourceId(serviceProvider, index, sourceSystem(source, 'clinic'));
  return id === undefined
    ? undefined
    : clinicFromFhir(index.resolve(serviceProvider) as Organization | undefined, id);
}

/** The id at the source, from the reference itself or otherwise from the referenced resource. */
function sourceId(reference: Reference, index: ResourceIndex, system: string): string | undefined {
  if (reference.identifier?.system === system) return reference.identifier.value;
  const resource = index.resolve(reference) as Practitioner | undefined;
  return resource?.identifier?.find((identifier) => identifier.system === system)?.value;
}
