// What an Observation of ours has in common: written beside the responses so that values can be
// searched, trended and seen. Never the source of truth; one that differs is told as a conflict.
import type {
  CodeableConcept,
  Extension,
  Observation,
  ObservationComponent,
  Range,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { xhtml } from '../chart/narrative.ts';
import { saySite } from '../chart/words.ts';
import { UCUM } from '../fhir/canonical.ts';
import type { AbsentReason, General, NumberValue } from '../ims/members.ts';
import { dataAbsentReason, readDataAbsentReason } from '../terminology/answers.ts';
import { coding, display } from '../terminology/codes.ts';
import { concept } from '../terminology/concepts.ts';
import { readCode } from '../terminology/read.ts';
import { type Context, type MappedResource, mapped, observationStatus } from './context.ts';
import { identifierValue, ourIdentifier, type Part } from './identity.ts';

/** Where a finding is, as a record says it. */
export type Place = {
  readonly muscle?: string;
  readonly region?: string;
  readonly side?: string;
  readonly segments?: readonly string[];
  readonly text?: string;
} & General;

/** A value, or the reason why there is none. */
export type Value = Pick<
  Observation,
  'valueQuantity' | 'valueRange' | 'valueCodeableConcept' | 'dataAbsentReason'
>;

/** One Observation to write. */
export interface Sign {
  readonly part: Part;
  readonly key: string;
  readonly code: CodeableConcept;
  readonly category: 'exam' | 'survey' | 'procedure' | 'therapy';
  readonly value: Value;
  /** What a reader sees, without the place. */
  readonly says: string;
  readonly place?: Place;
  readonly components?: readonly ObservationComponent[];
  readonly derivedFrom?: Reference<Resource>;
  readonly partOf?: Reference<Resource>;
  readonly hasMember?: readonly Reference<Resource>[];
  readonly effective?: string;
  readonly extension?: readonly Extension[];
}

/** The sign as an Observation of the visit. */
export function observation(context: Context, sign: Sign): MappedResource {
  const { subject, encounter, performers, record, mark } = context;
  const { part, key, place } = sign;
  const components = [...(sign.components ?? []), ...placeComponents(place)];
  const says = place === undefined ? sign.says : `${sign.says}: ${saySite(place)}`;
  const effective = sign.effective ?? context.visitAt;
  const resource = {
    resourceType: 'Observation',
    text: { status: 'generated', div: xhtml([{ heading: titleOf(context), lines: [says] }]) },
    extension: [mark, ...(sign.extension ?? [])],
    identifier: [ourIdentifier(identifierValue(context.visitScope, part, key))],
    ...(sign.partOf === undefined ? {} : { partOf: [sign.partOf] }),
    status: observationStatus(context),
    category: [{ coding: [categoryCoding(sign.category)] }],
    code: sign.code,
    subject,
    encounter,
    ...(effective === undefined ? {} : { effectiveDateTime: effective }),
    issued: record.recordedAt,
    ...(performers.length === 0 ? {} : { performer: [...performers] }),
    ...sign.value,
    ...(place === undefined ? {} : { bodySite: bodySiteOf(place) }),
    ...(sign.hasMember?.length ? { hasMember: [...sign.hasMember] } : {}),
    ...(sign.derivedFrom === undefined ? {} : { derivedFrom: [sign.derivedFrom] }),
    ...(components.length === 0 ? {} : { component: components }),
  } as Observation;
  return mapped(context.visitScope, { part, key }, resource);
}

/** The first words: what is wrong with the whole record comes before its content. */
function titleOf({ record }: Context): string {
  if (record.status === 'entered-in-error') return 'Entered in error';
  return record.status === 'draft' ? 'Draft, not signed' : 'IMS finding';
}

function categoryCoding(code: string) {
  const name = code[0]?.toUpperCase() + code.slice(1);
  return {
    system: 'http://terminology.hl7.org/CodeSystem/observation-category',
    code,
    display: name,
  };
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
function placeComponents(place: Place | undefined): ObservationComponent[] {
  if (place === undefined) return [];
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
  return { code: { coding: [coding(code)] }, valueCodeableConcept: concept(value) };
}

/** A number or range with its UCUM unit. */
export function quantityValue(value: NumberValue, unit: string): Value {
  const quantity = (amount: number) => ({ value: amount, unit, system: UCUM, code: unit });
  if (typeof value === 'number') return { valueQuantity: quantity(value) };
  const range: Range = {
    ...(value.low === undefined ? {} : { low: quantity(value.low) }),
    ...(value.high === undefined ? {} : { high: quantity(value.high) }),
  };
  return { valueRange: range };
}

/** The reason why a value is missing, or the chart's own words in its place; else undefined. */
export function missingValue(holder: General, member: string): Value | undefined {
  const words = holder.asWritten?.[member];
  if (words !== undefined) return { valueCodeableConcept: { text: words } };
  const reason = holder.absent?.[member];
  return reason === undefined ? undefined : absentValue(reason);
}

/** No value, and why. */
export function absentValue(reason: AbsentReason): Value {
  return { dataAbsentReason: { coding: [dataAbsentReason(reason)], text: display(reason) } };
}

/** What an Observation says in normal form: number, range, our code or the reason of absence. */
export function valueKey(from: Value): string {
  const { valueQuantity, valueRange, valueCodeableConcept, dataAbsentReason: absent } = from;
  if (valueQuantity !== undefined) return `=${valueQuantity.value}`;
  if (valueRange !== undefined) return `${valueRange.low?.value}..${valueRange.high?.value}`;
  if (valueCodeableConcept !== undefined) {
    return `#${readCode(valueCodeableConcept) ?? ''}`;
  }
  return `?${readDataAbsentReason(absent) ?? ''}`;
}
