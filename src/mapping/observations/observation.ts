// What an Observation of ours has in common: written beside the responses so that values can be
// searched, trended and seen. Never the source of truth; one that differs is told as a conflict.
import type {
  CodeableConcept,
  Extension,
  Observation,
  ObservationComponent,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { xhtml } from '../../chart/narrative.ts';
import { saySite } from '../../chart/words.ts';
import { structureUrl } from '../../fhir/canonical.ts';
import type { General } from '../../ims/schema/members.ts';
import { latest, once } from '../../memoize.ts';
import { concept, ownCode } from '../../terminology/concepts.ts';
import {
  type Context,
  claimOf,
  type MappedResource,
  mapped,
  observationStatus,
} from '../context.ts';
import { identifierValue, ourIdentifier, type Part } from '../identity.ts';
import { complaintReferences } from '../resources/condition.ts';
import type { Value } from './value.ts';

/** The complaint that a finding is about. */
const COMPLAINT_URL = structureUrl('complaint');

/** Where a finding is, as a record says it. */
export type Place = {
  readonly muscle?: string;
  readonly region?: string;
  readonly side?: string;
  readonly segments?: readonly string[];
  readonly text?: string;
} & General;

/** One Observation to write. */
export interface Sign {
  readonly part: Part;
  readonly key: string;
  /** Profile that it claims, where its part alone does not say. */
  readonly profile?: string;
  readonly code: CodeableConcept;
  readonly category: keyof typeof CATEGORIES;
  readonly value: Value;
  /** What a reader sees, without the place; a line break begins another line. */
  readonly says: string;
  readonly place?: Place;
  readonly components?: readonly ObservationComponent[];
  readonly derivedFrom?: Reference<Resource>;
  readonly partOf?: Reference<Resource>;
  readonly hasMember?: readonly Reference<Resource>[];
  /** When it was so: the time of the visit unless given; given as undefined it is not known. */
  readonly effective?: string | undefined;
  readonly extension?: readonly Extension[];
  /** The scale or means by which the value was found. */
  readonly method?: CodeableConcept;
  /** Keys of the record by which a retest may name this value as the earlier one. */
  readonly keys?: readonly string[];
  /** The earlier value that this one is compared with, as the record names it. */
  readonly baseline?: General['baseline'];
  /** Keys of the complaints it is about, as charted; never guessed. */
  readonly complaintKeys?: readonly string[];
}

/** The sign as an Observation of the visit. */
export function observation(context: Context, sign: Sign): MappedResource {
  const { subject, encounter, performers, record, mark } = context;
  const { part, key, profile, place } = sign;
  const at = place === undefined ? undefined : locationOf(context, place);
  const components = [...(sign.components ?? []), ...(at?.components ?? [])];
  const says = at === undefined ? sign.says : `${sign.says}\nWhere: ${at.words}`;
  const effective = 'effective' in sign ? sign.effective : context.visitAt;
  const resource = {
    resourceType: 'Observation',
    meta: claimOf(part, profile),
    text: { status: 'generated', div: xhtml([{ heading: titleOf(context), lines: [says] }]) },
    extension: [mark, ...complaintsOf(context, sign), ...(sign.extension ?? [])],
    identifier: [ourIdentifier(identifierValue(context.visitScope, part, key))],
    ...(sign.partOf === undefined ? {} : { partOf: [sign.partOf] }),
    status: observationStatus(context),
    category: categoryOf(sign.category),
    code: sign.code,
    subject,
    encounter,
    ...(effective === undefined ? {} : { effectiveDateTime: effective }),
    issued: record.recordedAt,
    ...(performers.length === 0 ? {} : { performer: [...performers] }),
    ...sign.value,
    ...(at === undefined ? {} : { bodySite: at.bodySite }),
    ...(sign.method === undefined ? {} : { method: sign.method }),
    ...(sign.hasMember?.length ? { hasMember: [...sign.hasMember] } : {}),
    ...(sign.derivedFrom === undefined ? {} : { derivedFrom: [sign.derivedFrom] }),
    ...(components.length === 0 ? {} : { component: components }),
  } as Observation;
  return mapped(context.visitScope, { part, key }, resource);
}

/** R4's Observation has no element for the complaint that it is about. */
function complaintsOf(context: Context, { complaintKeys }: Sign): Extension[] {
  if (complaintKeys === undefined) return [];
  return complaintReferences(context, complaintKeys).map((valueReference) => ({
    url: COMPLAINT_URL,
    valueReference,
  }));
}

/** The first words: what is wrong with the whole record comes before its content. */
function titleOf({ record }: Context): string {
  if (record.status === 'entered-in-error') return 'Entered in error';
  return record.status === 'draft' ? 'Draft, not signed' : 'IMS finding';
}

const CATEGORIES = {
  exam: 'Exam',
  survey: 'Survey',
  procedure: 'Procedure',
  'vital-signs': 'Vital Signs',
  laboratory: 'Laboratory',
} as const;

/** Shared, never to be changed. */
const categoryOf = once((code: keyof typeof CATEGORIES): CodeableConcept[] => [
  { coding: [categoryCoding(code)] },
]);

/** A category of R4's own, as an Observation names it. */
export function categoryCoding(code: keyof typeof CATEGORIES) {
  const system = 'http://terminology.hl7.org/CodeSystem/observation-category';
  return { system, code, display: CATEGORIES[code] };
}

/** A place as its Observations show it; shared by them, never to be changed. */
export interface Location {
  readonly words: string;
  readonly bodySite: CodeableConcept;
  readonly components: readonly ObservationComponent[];
}

const locationsOf = latest((_: Context) =>
  once(
    (place: Place): Location => ({
      words: saySite(place),
      bodySite: bodySiteOf(place),
      components: placeComponents(place),
    }),
  ),
);

/** How all resources of a record show a place of it. */
export function locationOf(context: Context, place: Place): Location {
  return locationsOf(context)(place);
}

/** The place as a body site: its code, and the side in its text, because R4 has no element for it. */
export function bodySiteOf(place: Place): CodeableConcept {
  const code = place.muscle ?? place.region;
  const text = bodyTextOf(place);
  return code === undefined || code === 'other' ? { text } : { ...concept(code), text };
}

/** The place with its side and levels, without what was remarked on it. */
function bodyTextOf({ muscle, region, side, segments, text, asWritten, absent }: Place): string {
  const isNamed = (muscle ?? region ?? 'other') !== 'other';
  const place = { muscle, region, side, segments, asWritten, absent };
  return saySite(isNamed ? place : { ...place, text });
}

/** Muscle, region, side and segments as components, because R4 cannot search on bodySite. */
function placeComponents(place: Place): ObservationComponent[] {
  const { muscle, region, side, segments } = place;
  return [
    ...(muscle === undefined ? [] : [coded('site-muscle', muscle)]),
    ...(region === undefined ? [] : [coded('site-region', region)]),
    ...(side === undefined ? [] : [coded('site-side', side)]),
    ...(segments ?? []).map((segment) => coded('site-segment', segment)),
  ];
}

/** A component with a coded value. */
export function coded(code: string, value: string): ObservationComponent {
  return { code: ownCode(code), valueCodeableConcept: concept(value) };
}
