// The mapping context of a record: identifier scopes, subject, encounter and what else its resources
// share. Built once per record, before its resources are mapped.
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
import type { RuleResults } from '../ims/records/findings.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { Practitioner as ImsPractitioner, ImsRecord } from '../ims/schema/record.ts';
import { record as recordDefinition } from '../ims/schema/record.ts';
import { memoize } from '../memoize.ts';
import { writeMembers } from './codec/extension.ts';
import {
  fullUrlOf,
  type IdentifierScope,
  type IdentifierScopeKind,
  identifierScope,
  identifierValue,
  ourIdentifier,
  type Part,
  sourceSystem,
} from './identity.ts';

/** One resource of a mapped record, with what a target needs to write it. */
export interface MappedResource {
  readonly resource: Resource;
  /** Value of our identifier; for types without a searchable identifier, of our tag. */
  readonly value: string;
  readonly scope: IdentifierScopeKind;
  /** True for a resource that is updated where the target has it and never created: an ended Flag. */
  readonly onlyIfExists?: boolean;
}

/** What the mappers of one record share, including its clinical findings. */
export interface Context extends RuleResults {
  readonly record: ImsRecord;
  /** Other active records that contribute to the same shared resources, earliest first. */
  readonly otherRecords: readonly ImsRecord[];
  readonly patientScope: IdentifierScope;
  readonly episodeScope: IdentifierScope | undefined;
  readonly visitScope: IdentifierScope;
  readonly subject: Reference<Patient>;
  readonly encounter: Reference<Encounter>;
  /** The practitioners of the visit or contact. */
  readonly performers: readonly Reference<Practitioner>[];
  /** When the visit was, as precisely as known; undefined for a retraction without content. */
  readonly visitAt: string | undefined;
  /** True for a revision that retracts the record. */
  readonly retracted: boolean;
  /** Extension `ims-record` without the members that only the Encounter has. */
  readonly recordExtension: Extension;
  /** Safety notices, first in each narrative of the visit. */
  readonly safety: readonly Block[];
}

/** URL of the extension that names the record and the revision a resource belongs to. */
export const RECORD_URL = structureUrl('ims-record');

const { source, recordId, kind, revision, status, recordedAt, origin, corrections } =
  recordDefinition.members;
/** Members that identify the revision; every resource of the record has them. */
export const RECORD_EXTENSION_MEMBERS = {
  source,
  recordId,
  kind,
  revision,
  status,
  recordedAt,
} as const;
/** These members with the origin of the record and its corrections; only the Encounter has them. */
export const ENVELOPE_MEMBERS = { ...RECORD_EXTENSION_MEMBERS, origin, corrections } as const;

/** The context for mapping `record`; see `Context.otherRecords` for `others`. */
export function contextOf(
  record: ImsRecord,
  { findings, violations }: RuleResults,
  others: readonly ImsRecord[] = [],
): Context {
  const { source, patient, episode } = record;
  const visitScope = identifierScope('visit', [source, record.recordId]);
  const patientScope = identifierScope('patient', [source, patient.id]);
  const attending = new Set(attendingPractitionerIds(record));
  let safety: readonly Block[] | undefined;
  return {
    record,
    findings,
    violations,
    otherRecords: others.toSorted((a, b) => (visitOrder(a) < visitOrder(b) ? -1 : 1)),
    patientScope,
    episodeScope:
      episode === undefined
        ? undefined
        : identifierScope('episode', [source, patient.id, episode.id]),
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
      safety ??= safetyBlocks(record, { findings, violations });
      return safety;
    },
  };
}

/** Ids of the practitioners of the visit, or of the only contact of a record without a visit. */
export function attendingPractitionerIds({
  kind,
  visit,
  contacts = [],
}: ImsRecord): readonly string[] {
  const [contact] = contacts;
  return (kind === 'contact' ? contact?.practitioners : visit?.practitioners) ?? [];
}

/** When the visit or contact was, as precisely as known. */
export function visitTime({ visit, contacts = [] }: ImsRecord): string | undefined {
  const [contact] = contacts;
  const contactDate = typeof contact?.date === 'string' ? contact.date : undefined;
  return visit?.startAt ?? visit?.date ?? contact?.at ?? contactDate;
}

/** A reference to a resource that this adapter writes, by `fullUrl` and identifier. */
export function reference<T extends Resource>(
  type: T['resourceType'],
  value: string,
  display: string,
): Reference<T> {
  return { reference: fullUrlOf(value), type, identifier: ourIdentifier(value), display };
}

/** A reference to a practitioner by the source's own id. */
export function practitionerReference(
  source: string,
  { id, name }: ImsPractitioner,
): Reference<Practitioner> {
  return {
    reference: fullUrlOf(identifierValue(identifierScope('source', [source, id]), 'person')),
    type: 'Practitioner',
    identifier: { system: sourceSystem(source, 'practitioner'), value: id },
    display: nameOf(name) ?? 'Practitioner',
  };
}

/**
 * The value of our identifier for the target of a reference, whether or not it is in the same bundle;
 * undefined where this adapter does not write the target.
 */
export function referencedIdentifier({ identifier, type }: Reference, source: string) {
  const { system, value } = identifier ?? {};
  if (value === undefined) return undefined;
  if (system === RECORD_SYSTEM) return value;
  if (type === 'Patient')
    return identifierValue(identifierScope('patient', [source, value]), 'patient');
  const person = identifierScope('source', [source, value]);
  if (type === 'Practitioner') return identifierValue(person, 'person');
  return type === 'Organization' ? identifierValue(person, 'clinic') : undefined;
}

/** A person's name in one line. */
export function nameOf(name: ImsPractitioner['name']): string | undefined {
  if (name === undefined) return undefined;
  return name.text ?? [name.given, name.family].filter((part) => part !== undefined).join(' ');
}

/** The profile of each part. Patients, practitioners and organizations are plain R4. */
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

const metaOf = memoize((profile: string): Meta => ({ profile: [structureUrl(profile)] }));

/**
 * The `meta` of a resource, with `profile` or by default the profile of its part. The URL has no
 * version, because HAPI would not find the resource by the URL of its profile otherwise.
 */
export function metaForProfile(part: Part, profile: string | undefined = PROFILES[part]): Meta {
  if (profile === undefined) throw new TypeError(`unknown profile for ${part}`);
  return metaOf(profile);
}

/** The identifier and scope of a resource, as in MappedResource. */
export function resourceIdentity(
  scope: IdentifierScope,
  { part, key }: { part: Part; key?: string | undefined },
): Omit<MappedResource, 'resource'> {
  return { value: identifierValue(scope, part, key), scope: scope.kind };
}

/** A resource with its identifier and scope. */
export function mappedResource(
  scope: IdentifierScope,
  name: { part: Part; key?: string | undefined },
  resource: Resource,
): MappedResource {
  return { resource, ...resourceIdentity(scope, name) };
}

/** Extension `ims-record` of a shared resource: the record that changed it last, and its visit time. */
export function sharedRecordExtension({ recordExtension, visitAt }: Context): Extension {
  if (visitAt === undefined) return recordExtension;
  return {
    ...recordExtension,
    extension: [...(recordExtension.extension ?? []), { url: 'visitAt', valueDateTime: visitAt }],
  };
}

/** Other records of the same episode with an earlier visit, earliest first. */
export function earlierInEpisode({ record, otherRecords }: Context): readonly ImsRecord[] {
  const order = visitOrder(record);
  return otherRecords.filter(
    (other) =>
      other.patient.id === record.patient.id &&
      other.episode?.id === record.episode?.id &&
      visitOrder(other) < order,
  );
}

/** Status of the Observations of the record. */
export function observationStatus({
  record,
}: Context): 'preliminary' | 'final' | 'amended' | 'entered-in-error' {
  return record.status === 'draft' ? 'preliminary' : record.status;
}
