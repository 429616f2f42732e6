// Maps the visit and the envelope of the record (ids, revision, status, origin) to Encounter and back. The
// status is always finished, whether or not the patient was needled. Partial dates keep their precision.
import type { Encounter, Extension } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { hl7System, structureUrl } from '../../fhir/canonical.ts';
import { record as definition, type ImsRecord, type Visit } from '../../ims/schema/record.ts';
import { readMembers, writeMembers } from '../codec/extension.ts';
import type { ReadContext } from '../codec/leaf.ts';
import { readNotes, writeNotes } from '../codec/notes.ts';
import {
  attendingPractitionerIds,
  type Context,
  ENVELOPE_MEMBERS,
  type MappedResource,
  mappedResource,
  metaForProfile,
  practitionerReference,
  RECORD_URL,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import { reasonsOf } from './condition.ts';
import { clinicReference } from './staff.ts';

/** Extension for a practitioner of the record who did not attend the visit. */
const NAMED_URL = structureUrl('named-practitioner');
const { place, endAt } = definition.members.visit.members;
const { origin, local } = definition.members;
const NARRATIVE_MEMBERS = { origin, local } as const;
const LOCAL = { local } as const;

/** Members without an element in Encounter. `endAt` is one only where the start is not an instant. */
export const EXTRA_MEMBERS = { place, endAt } as const;
/** URL of the extension for a member. */
export const visitUrl = (name: string) => structureUrl(`visit-${name === 'endAt' ? 'end' : name}`);
/** URL of the extension for the clinic's own additional values. */
export const localUrl = () => structureUrl('local');

const ACT_CODE = hl7System('v3-ActCode');
const AMBULATORY = { system: ACT_CODE, code: 'AMB', display: 'ambulatory' };
const VIRTUAL = { system: ACT_CODE, code: 'VR', display: 'virtual' };

/** The visit as an Encounter, with the envelope of the record. */
export function encounterToFhir(context: Context): MappedResource {
  const { record, performers, subject, visitScope } = context;
  const { visit, clinic, source } = record;
  const reasons = reasonsOf(context);
  const period = record.kind === 'contact' ? contactPeriod(context) : periodOf(visit);
  const resource: Encounter = {
    resourceType: 'Encounter',
    meta: metaForProfile('enc'),
    text: { status: 'extensions', div: narrativeDiv(narrativeOf(context)) },
    extension: extensionsOf(context),
    identifier: [ourIdentifier(identifierValue(visitScope, 'enc'))],
    status: context.retracted ? 'entered-in-error' : 'finished',
    class: record.kind === 'contact' ? VIRTUAL : AMBULATORY,
    subject,
    ...(performers.length === 0
      ? {}
      : { participant: performers.map((individual) => ({ individual })) }),
    ...defined({ period }),
    ...(reasons.length === 0 ? {} : { reasonCode: reasons }),
    ...(clinic === undefined ? {} : { serviceProvider: clinicReference(source, clinic) }),
  } as Encounter;
  return mappedResource(visitScope, { part: 'enc' }, resource);
}

function narrativeOf(context: Context): Block[] {
  const { record, safety } = context;
  const { visit } = definition.members;
  const lines = renderObject(record.visit ?? {}, visit.members, namesOf(record));
  return [
    ...recordNotices(record),
    ...safety,
    { heading: visit.label, lines },
    { heading: definition.label, lines: renderObject({ ...record }, NARRATIVE_MEMBERS) },
  ];
}

function contactPeriod({ visitAt }: Context): Encounter['period'] {
  return visitAt === undefined ? undefined : { start: visitAt };
}

function periodOf(visit: Visit | undefined): Encounter['period'] {
  if (visit === undefined) return undefined;
  const { startAt, date, endAt } = visit;
  if (startAt !== undefined) return { start: startAt, ...defined({ end: endAt }) };
  return date === undefined ? undefined : { start: date };
}

function extensionsOf({ record }: Context): Extension[] {
  const { visit, source } = record;
  const attending = new Set(attendingPractitionerIds(record));
  const { endAt, ...rest } = visit ?? {};
  const extras = visit?.startAt === undefined && endAt !== undefined ? { ...rest, endAt } : rest;
  const notes = writeNotes(visit ?? {}, { withText: true });
  return [
    { url: RECORD_URL, extension: writeMembers(record, ENVELOPE_MEMBERS) },
    ...writeMembers(extras, EXTRA_MEMBERS, visitUrl),
    ...(notes === undefined ? [] : [notes]),
    ...(record.practitioners ?? [])
      .filter(({ id }) => !attending.has(id))
      .map((practitioner) => ({
        url: NAMED_URL,
        valueReference: practitionerReference(source, practitioner),
      })),
    ...writeMembers(record, LOCAL, localUrl),
  ];
}

/** The visit and the clinic's own values; the caller resolves patient, practitioners and clinic. */
export function encounterFromFhir(
  resource: Encounter,
  reading: ReadContext & { kind: unknown },
): Pick<ImsRecord, 'visit' | 'local'> {
  const extras = readMembers(resource.extension, EXTRA_MEMBERS, { ...reading, urlOf: visitUrl });
  const { local: localValues } = readMembers(resource.extension, LOCAL, {
    ...reading,
    urlOf: localUrl,
  });
  const visit: Record<string, unknown> = {
    ...readNotes(resource.extension),
    ...whenOf(resource),
    ...extras,
  };
  return {
    ...(reading.kind === 'contact' || Object.keys(visit).length === 0
      ? {}
      : { visit: visit as Visit }),
    ...(localValues === undefined ? {} : { local: localValues as NonNullable<ImsRecord['local']> }),
  };
}

function whenOf({ period }: Encounter): Visit {
  const start = period?.start;
  if (start === undefined) return {};
  if (!start.includes('T')) return { date: start };
  return { startAt: start, ...defined({ endAt: period?.end }) };
}

/** References to practitioners of the record who did not attend the visit. */
export function namedPractitioners(resource: Encounter) {
  return (resource.extension ?? []).flatMap(({ url, valueReference }) =>
    url === NAMED_URL && valueReference !== undefined ? [valueReference] : [],
  );
}
