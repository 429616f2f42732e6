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
import { structureUrl } from '../../fhir/canonical.ts';
import type { General } from '../../ims/schema/members.ts';
import { memoize } from '../../memoize.ts';
import { type BodyLocation, locationOf } from '../body-site.ts';
import {
  type Context,
  type MappedResource,
  mapped,
  metaForProfile,
  observationStatus,
} from '../context.ts';
import { identifierValue, ourIdentifier, type Part } from '../identity.ts';
import { complaintReferences } from '../resources/condition.ts';
import type { Value } from './value.ts';

/** The complaint that a finding is about. */
const COMPLAINT_URL = structureUrl('complaint');

/** One Observation to write. */
export interface ObservationDraft {
  readonly part: Part;
  readonly key: string;
  /** Profile that it claims, where its part alone does not say. */
  readonly profile?: string;
  readonly code: CodeableConcept;
  readonly category: keyof typeof CATEGORIES;
  readonly value: Value;
  /** What a reader sees, without the place; a line break begins another line. */
  readonly says: string;
  readonly place?: BodyLocation;
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
export function observation(context: Context, sign: ObservationDraft): MappedResource {
  const { subject, encounter, performers, record, mark } = context;
  const { part, key, profile, place } = sign;
  const at = place === undefined ? undefined : locationOf(context, place);
  const components = [...(sign.components ?? []), ...(at?.components ?? [])];
  const says = at === undefined ? sign.says : `${sign.says}\nWhere: ${at.words}`;
  const effective = 'effective' in sign ? sign.effective : context.visitAt;
  const resource = {
    resourceType: 'Observation',
    meta: metaForProfile(part, profile),
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
function complaintsOf(context: Context, { complaintKeys }: ObservationDraft): Extension[] {
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
const categoryOf = memoize((code: keyof typeof CATEGORIES): CodeableConcept[] => [
  { coding: [categoryCoding(code)] },
]);

/** A category of R4's own, as an Observation names it. */
export function categoryCoding(code: keyof typeof CATEGORIES) {
  const system = 'http://terminology.hl7.org/CodeSystem/observation-category';
  return { system, code, display: CATEGORIES[code] };
}
