// The envelope and the visit <-> Encounter. Turned away or needled, a visit that took place is
// finished; a visit known by month keeps that precision.
import type { Encounter, Extension } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { structureUrl } from '../../fhir/canonical.ts';
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

const NAMED_URL = structureUrl('named-practitioner');
const { place, endAt } = definition.members.visit.members;
const { origin, local } = definition.members;
const ABOUT_RECORD = { origin, local } as const;
const LOCAL = { local } as const;

/** What Encounter has no element for; `endAt` only where the start is no instant. */
export const EXTRA_MEMBERS = { place, endAt } as const;
/** The extension that holds a member. */
export const visitUrl = (name: string) => structureUrl(`visit-${name === 'endAt' ? 'end' : name}`);
/** The extension that holds the clinic's own extras. */
export const localUrl = () => structureUrl('local');

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const AMBULATORY = { system: ACT_CODE, code: 'AMB', display: 'ambulatory' };
const VIRTUAL = { system: ACT_CODE, code: 'VR', display: 'virtual' };

/** The visit as an Encounter, with the whole envelope of the record. */
export function encounterToFhir(context: Context): MappedResource {
  const { record, performers, subject, visitScope } = context;
  const { visit, clinic, source } = record;
  const reasons = reasonsOf(context);
  const period = record.kind === 'contact' ? contactPeriod(context) : periodOf(visit);
  const resource: Encounter = {
    resourceType: 'Encounter',
    meta: metaForProfile('enc'),
    text: { status: 'extensions', div: xhtml(narrativeOf(context)) },
    extension: extensionsOf(context),
    identifier: [ourIdentifier(identifierValue(visitScope, 'enc'))],
    status: context.retracted ? 'entered-in-error' : 'finished',
    class: record.kind === 'contact' ? VIRTUAL : AMBULATORY,
    subject,
    ...(performers.length === 0
      ? {}
      : { participant: performers.map((individual) => ({ individual })) }),
    ...(period === undefined ? {} : { period }),
    ...(reasons.length === 0 ? {} : { reasonCode: reasons }),
    ...(clinic === undefined ? {} : { serviceProvider: clinicReference(source, clinic) }),
  } as Encounter;
  return mappedResource(visitScope, { part: 'enc' }, resource);
}

/** When, where and with whom, and what only the clinic itself knows how to read. */
function narrativeOf(context: Context): Block[] {
  const { record, safety } = context;
  const { visit } = definition.members;
  const lines = renderObject(record.visit ?? {}, visit.members, namesOf(record));
  return [
    ...recordNotices(record),
    ...safety,
    { heading: visit.label, lines },
    { heading: definition.label, lines: renderObject({ ...record }, ABOUT_RECORD) },
  ];
}

function contactPeriod({ visitAt }: Context): Encounter['period'] {
  return visitAt === undefined ? undefined : { start: visitAt };
}

function periodOf(visit: Visit | undefined): Encounter['period'] {
  if (visit === undefined) return undefined;
  const { startAt, date, endAt } = visit;
  if (startAt !== undefined)
    return { start: startAt, ...(endAt === undefined ? {} : { end: endAt }) };
  return date === undefined ? undefined : { start: date };
}

function extensionsOf({ record }: Context): Extension[] {
  const { visit, source } = record;
  const attending = new Set(attendingPractitionerIds(record));
  const { endAt, ...rest } = visit ?? {};
  const extra = visit?.startAt === undefined && endAt !== undefined ? { ...rest, endAt } : rest;
  const notes = writeNotes(visit ?? {}, { withText: true });
  return [
    { url: RECORD_URL, extension: writeMembers(record, ENVELOPE_MEMBERS) },
    ...writeMembers(extra, EXTRA_MEMBERS, visitUrl),
    ...(notes === undefined ? [] : [notes]),
    ...(record.practitioners ?? [])
      .filter(({ id }) => !attending.has(id))
      .map((one) => ({ url: NAMED_URL, valueReference: practitionerReference(source, one) })),
    ...writeMembers(record, LOCAL, localUrl),
  ];
}

/** What an Encounter says of the envelope and the visit; people are resolved by the caller. */
export function encounterFromFhir(
  resource: Encounter,
  reading: ReadContext & { kind: unknown },
): Pick<ImsRecord, 'visit' | 'local'> {
  const extras = readMembers(resource.extension, EXTRA_MEMBERS, { ...reading, urlOf: visitUrl });
  const { local: own } = readMembers(resource.extension, LOCAL, {
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
    ...(own === undefined ? {} : { local: own as NonNullable<ImsRecord['local']> }),
  };
}

function whenOf({ period }: Encounter): Visit {
  const start = period?.start;
  if (start === undefined) return {};
  if (!start.includes('T')) return { date: start };
  return { startAt: start, ...(period?.end === undefined ? {} : { endAt: period.end }) };
}

/** References to practitioners that the record names besides those of the visit. */
export function namedPractitioners(resource: Encounter) {
  return (resource.extension ?? []).flatMap(({ url, valueReference }) =>
    url === NAMED_URL && valueReference !== undefined ? [valueReference] : [],
  );
}
