// What every resource of one record needs to know: whose it is, when it was, how it is referred to.
import type {
  Encounter,
  Extension,
  Meta,
  Patient,
  Practitioner,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import type { Block } from '../chart/narrative.ts';
import { safetyBlocks } from '../chart/safety-blocks.ts';
import { RECORD_SYSTEM, structureUrl } from '../fhir/canonical.ts';
import type { Assessed } from '../ims/records/findings.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { Practitioner as ImsPractitioner, ImsRecord } from '../ims/schema/record.ts';
import { record as recordDefinition } from '../ims/schema/record.ts';
import { memoize } from '../memoize.ts';
import { writeMembers } from './codec/extension.ts';
import {
  fullUrlOf,
  identifierValue,
  ourIdentifier,
  type Part,
  type Scope,
  type ScopeKind,
  scopeOf,
  sourceSystem,
} from './identity.ts';

/** One resource of a mapped record, with what plans its writing. */
export interface MappedResource {
  readonly resource: Resource;
  /** Value of our identifier; also the tag where the type has no searchable identifier. */
  readonly value: string;
  readonly scope: ScopeKind;
  /** True where the resource is only to be changed if the target has it: a Flag that ends. */
  readonly onlyIfExists?: boolean;
}

/** Everything mappers share while one record is mapped: its assessment among it. */
export interface Context extends Assessed {
  readonly record: ImsRecord;
  /** Other standing records that speak of what this one shares with them, earliest first. */
  readonly otherRecords: readonly ImsRecord[];
  readonly patientScope: Scope;
  readonly episodeScope: Scope | undefined;
  readonly visitScope: Scope;
  readonly subject: Reference<Patient>;
  readonly encounter: Reference<Encounter>;
  /** The practitioners of the visit or contact. */
  readonly performers: readonly Reference<Practitioner>[];
  /** When the visit was, as precise as known; undefined for a bare retraction. */
  readonly visitAt: string | undefined;
  /** True for a revision that takes the record back. */
  readonly retracted: boolean;
  /** `ims-record` in short, for everything but the Encounter. */
  readonly recordExtension: Extension;
  /** What a clinician must know before reading on, first in each narrative of the visit. */
  readonly safety: readonly Block[];
}

/** Extension that says which revision of which record a resource belongs to. */
export const RECORD_URL = structureUrl('ims-record');

const { source, recordId, kind, revision, status, recordedAt, origin, corrections } =
  recordDefinition.members;
/** Members of the envelope that name the revision; on every resource that carries `ims-record`. */
export const RECORD_EXTENSION_MEMBERS = {
  source,
  recordId,
  kind,
  revision,
  status,
  recordedAt,
} as const;
/** The same with how the record came to be; on the Encounter. */
export const ENVELOPE_MEMBERS = { ...RECORD_EXTENSION_MEMBERS, origin, corrections } as const;

/** Prepares the mapping of one record. */
export function contextOf(
  record: ImsRecord,
  { findings, detected }: Assessed,
  others: readonly ImsRecord[] = [],
): Context {
  const { source, patient, episode } = record;
  const visitScope = scopeOf('visit', [source, record.recordId]);
  const patientScope = scopeOf('patient', [source, patient.id]);
  const attending = new Set(attendingPractitionerIds(record));
  let safety: readonly Block[] | undefined;
  return {
    record,
    findings,
    detected,
    otherRecords: others.toSorted((a, b) => (visitOrder(a) < visitOrder(b) ? -1 : 1)),
    patientScope,
    episodeScope:
      episode === undefined ? undefined : scopeOf('episode', [source, patient.id, episode.id]),
    visitScope,
    subject: {
      reference: fullUrlOf(identifierValue(patientScope, 'patient')),
      type: 'Patient',
      identifier: { system: sourceSystem(source, 'patient'), value: patient.id },
      display: nameOf(patient.name) ?? 'Patient',
    },
    encounter: reference('Encounter', identifierValue(visitScope, 'enc'), 'IMS visit'),
    performers: (record.practitioners ?? [])
      .filter(({ id }) => attending.has(id))
      .map((practitioner) => practitionerReference(source, practitioner)),
    visitAt: visitTime(record),
    retracted: record.status === 'entered-in-error',
    recordExtension: { url: RECORD_URL, extension: writeMembers(record, RECORD_EXTENSION_MEMBERS) },
    get safety() {
      safety ??= safetyBlocks(record, { findings, detected });
      return safety;
    },
  };
}

/** Ids of the practitioners of the visit, or of the one contact that stands in its place. */
export function attendingPractitionerIds({
  kind,
  visit,
  contacts = [],
}: ImsRecord): readonly string[] {
  const [contact] = contacts;
  return (kind === 'contact' ? contact?.practitioners : visit?.practitioners) ?? [];
}

/** When the visit or contact was, as precise as known. */
export function visitTime({ visit, contacts = [] }: ImsRecord): string | undefined {
  const [contact] = contacts;
  const said = typeof contact?.date === 'string' ? contact.date : undefined;
  return visit?.startAt ?? visit?.date ?? contact?.at ?? said;
}

/** A reference to a resource of ours in the same bundle. */
export function reference<T extends Resource>(
  type: T['resourceType'],
  value: string,
  display: string,
): Reference<T> {
  return { reference: fullUrlOf(value), type, identifier: ourIdentifier(value), display };
}

/** A reference to one of the clinic's people, by the clinic's own id. */
export function practitionerReference(
  source: string,
  { id, name }: ImsPractitioner,
): Reference<Practitioner> {
  return {
    reference: fullUrlOf(identifierValue(scopeOf('source', [source, id]), 'person')),
    type: 'Practitioner',
    identifier: { system: sourceSystem(source, 'practitioner'), value: id },
    display: nameOf(name) ?? 'Practitioner',
  };
}

/**
 * The value of our identifier for what a reference of ours points to, whether or not it is in the same
 * bundle; undefined for what is none of ours.
 */
export function referencedIdentifier({ identifier, type }: Reference, source: string) {
  const { system, value } = identifier ?? {};
  if (value === undefined) return undefined;
  if (system === RECORD_SYSTEM) return value;
  if (type === 'Patient') return identifierValue(scopeOf('patient', [source, value]), 'patient');
  const person = scopeOf('source', [source, value]);
  if (type === 'Practitioner') return identifierValue(person, 'person');
  return type === 'Organization' ? identifierValue(person, 'clinic') : undefined;
}

/** A person's name as one line. */
export function nameOf(name: ImsPractitioner['name']): string | undefined {
  if (name === undefined) return undefined;
  return name.text ?? [name.given, name.family].filter((part) => part !== undefined).join(' ');
}

/** The profile of each part; people and places of the clinic are plain R4. */
const PROFILES: Partial<Record<Part, string>> = {
  enc: 'ims-visit',
  qa: 'ims-assessment-response',
  qs: 'ims-screening-response',
  proc: 'ims-needling-session',
  prov: 'ims-provenance',
  cond: 'ims-complaint',
  diag: 'ims-working-diagnosis',
  goal: 'ims-goal',
  plan: 'ims-course-plan',
  referral: 'ims-referral',
  consent: 'ims-needling-consent',
  refusal: 'ims-needling-consent',
  flag: 'ims-contraindication-flag',
  screen: 'ims-screening-item',
  outcome: 'ims-screening-outcome',
  event: 'ims-reaction',
  ae: 'ims-adverse-event',
  harm: 'ims-complication',
  issue: 'ims-detected-issue',
  doc: 'ims-document',
  note: 'ims-document',
  chart: 'ims-document',
};

const claiming = memoize((profile: string): Meta => ({ profile: [structureUrl(profile)] }));

/**
 * The `meta` of a resource that claims the profile of its part, or a `profile` named apart. It names
 * no version: HAPI would not find the resource by the profile's URL then.
 */
export function metaForProfile(part: Part, profile: string | undefined = PROFILES[part]): Meta {
  if (profile === undefined) throw new TypeError(`no profile of ${part}`);
  return claiming(profile);
}

/** The place of a resource in the bundle. */
export function resourceIdentity(
  scope: Scope,
  { part, key }: { part: Part; key?: string | undefined },
): Omit<MappedResource, 'resource'> {
  return { value: identifierValue(scope, part, key), scope: scope.kind };
}

/** A resource with its place in the bundle. */
export function mappedResource(
  scope: Scope,
  name: { part: Part; key?: string | undefined },
  resource: Resource,
): MappedResource {
  return { resource, ...resourceIdentity(scope, name) };
}

/** `ims-record` of a shared resource: the record that changed it last, with its visit's time. */
export function sharedRecordExtension({ recordExtension, visitAt }: Context): Extension {
  if (visitAt === undefined) return recordExtension;
  return {
    ...recordExtension,
    extension: [...(recordExtension.extension ?? []), { url: 'visitAt', valueDateTime: visitAt }],
  };
}

/** Those of the other records that belong to the same episode of the patient and were before this one. */
export function earlierInEpisode({ record, otherRecords }: Context): readonly ImsRecord[] {
  const own = visitOrder(record);
  return otherRecords.filter(
    (one) =>
      one.patient.id === record.patient.id &&
      one.episode?.id === record.episode?.id &&
      visitOrder(one) < own,
  );
}

/** Status of an Observation of this record. */
export function observationStatus({
  record,
}: Context): 'preliminary' | 'final' | 'amended' | 'entered-in-error' {
  return record.status === 'draft' ? 'preliminary' : record.status;
}
