// Builds one FHIR Observation from a draft. Observations make values searchable and visible beside the
// QuestionnaireResponses, from which a record is read back: an Observation that differs from its
// response is reported as a conflict.
import type {
  CodeableConcept,
  Extension,
  Observation,
  ObservationComponent,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import { narrativeDiv } from '../../chart/narrative.ts';
import { renderCode } from '../../chart/values.ts';
import { hl7System, structureUrl } from '../../fhir/canonical.ts';
import type { DateValue, General } from '../../ims/schema/members.ts';
import { memoize } from '../../memoize.ts';
import { coding } from '../../terminology/codes.ts';
import { type BodySite, mappedSiteOf } from '../body-site.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  observationStatus,
} from '../context.ts';
import { dateOf } from '../dates.ts';
import { identifierValue, ourIdentifier, type Part } from '../identity.ts';
import { complaintReferences } from '../resources/condition.ts';
import type { ObservationValue } from './value.ts';

/** Extension: the complaint that a finding is about. */
const COMPLAINT_URL = structureUrl('complaint');

/** What one Observation contains, apart from what all Observations of a visit share. */
export interface ObservationDraft {
  /** Identifies the Observation within its visit, together with `key`. */
  readonly part: Part;
  readonly key: string;
  /** Id of its profile, where `part` alone does not determine it. */
  readonly profile?: string;
  readonly code: CodeableConcept;
  readonly category: keyof typeof CATEGORIES;
  readonly value: ObservationValue;
  /** Text of the narrative without the body site; a line break starts a new line. */
  readonly narrative: string;
  readonly site?: BodySite;
  readonly components?: readonly ObservationComponent[];
  readonly derivedFrom?: Reference<Resource>;
  readonly partOf?: Reference<Resource>;
  readonly hasMember?: readonly Reference<Resource>[];
  /** Time of the observation. Absent: the time of the visit; present but undefined: unknown. */
  readonly effective?: string | undefined;
  readonly extension?: readonly Extension[];
  /** The scale or the means by which the value was obtained. */
  readonly method?: CodeableConcept;
  /** Keys of the record by which a later value may name this one as its baseline. */
  readonly recordKeys?: readonly string[];
  /** The earlier value that this one is compared with, as named in the record. */
  readonly baseline?: General['baseline'];
  /** Keys of the complaints that it is about, as charted; never inferred. */
  readonly complaintKeys?: readonly string[];
}

/** The Observation of a draft. */
export function observationToFhir(context: Context, draft: ObservationDraft): MappedResource {
  const { subject, encounter, performers, record, recordExtension } = context;
  const { part, key, profile } = draft;
  const site = draft.site === undefined ? undefined : mappedSiteOf(context, draft.site);
  const components = [...(draft.components ?? []), ...(site?.components ?? [])];
  const narrative =
    site === undefined ? draft.narrative : `${draft.narrative}\nWhere: ${site.text}`;
  const effective = 'effective' in draft ? draft.effective : context.visitAt;
  const resource = {
    resourceType: 'Observation',
    meta: metaForProfile(part, profile),
    text: {
      status: 'generated',
      div: narrativeDiv([{ heading: headingOf(context), lines: [narrative] }]),
    },
    extension: [
      recordExtension,
      ...complaintExtensions(context, draft),
      ...(draft.extension ?? []),
    ],
    identifier: [ourIdentifier(identifierValue(context.visitScope, part, key))],
    ...(draft.partOf === undefined ? {} : { partOf: [draft.partOf] }),
    status: observationStatus(context),
    category: categoryOf(draft.category),
    code: draft.code,
    subject,
    encounter,
    ...(effective === undefined ? {} : { effectiveDateTime: effective }),
    issued: record.recordedAt,
    ...(performers.length === 0 ? {} : { performer: [...performers] }),
    ...draft.value,
    ...(site === undefined ? {} : { bodySite: site.bodySite }),
    ...(draft.method === undefined ? {} : { method: draft.method }),
    ...(draft.hasMember?.length ? { hasMember: [...draft.hasMember] } : {}),
    ...(draft.derivedFrom === undefined ? {} : { derivedFrom: [draft.derivedFrom] }),
    ...(components.length === 0 ? {} : { component: components }),
  } as Observation;
  return mappedResource(context.visitScope, { part, key }, resource);
}

/** R4's Observation has no element for the complaint that it is about. */
function complaintExtensions(context: Context, { complaintKeys }: ObservationDraft): Extension[] {
  if (complaintKeys === undefined) return [];
  return complaintReferences(context, complaintKeys).map((valueReference) => ({
    url: COMPLAINT_URL,
    valueReference,
  }));
}

/** Readers must see first that the whole record is retracted or unsigned. */
function headingOf({ record }: Context): string {
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

/** Shared between Observations: must not be modified. */
const categoryOf = memoize((code: keyof typeof CATEGORIES): CodeableConcept[] => [
  { coding: [categoryCoding(code)] },
]);

/** A coding of HL7's observation categories. */
export function categoryCoding(code: keyof typeof CATEGORIES) {
  return { system: hl7System('observation-category'), code, display: CATEGORIES[code] };
}

/** The code of a question that only the chart's own words in `member` name precisely. */
export function codeInChartWords(code: string, object: General, member: string): CodeableConcept {
  const text = object.asWritten?.[member] ?? object.text ?? renderCode(code);
  return { coding: [coding(code)], text };
}

/** The `effective` of a value with its own date: undefined for a date in words; no member without a date. */
export function effectiveOf(date: DateValue | undefined): { effective?: string | undefined } {
  return date === undefined ? {} : { effective: dateOf(date) };
}
