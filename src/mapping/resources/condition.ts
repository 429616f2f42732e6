// A complaint or a working diagnosis of the episode -> Condition. For readers: the visit's own copy
// stands in its assessment response and is what comes back.
import type { CodeableConcept, Condition, Reference } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { renderCode } from '../../chart/values.ts';
import { episode as definition } from '../../ims/schema/episode.ts';
import type { Members } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept } from '../../terminology/concepts.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
  sharedRecordExtension,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';

type Episode = NonNullable<ImsRecord['episode']>;
type Complaint = NonNullable<Episode['complaints']>[number];
type Indication = NonNullable<Episode['indications']>[number];

/** One Condition of the episode before it is written. */
interface Shown {
  readonly part: 'cond' | 'diag';
  readonly key: string;
  readonly code: CodeableConcept;
  /** Everything charted of it, in words. */
  readonly lines: () => readonly string[];
  readonly more: Partial<Condition>;
}

/** One Condition for each complaint, one for each working diagnosis. */
export function conditionsToFhir(context: Context): MappedResource[] {
  return shownIn(context).map((one) => conditionToFhir(context, one));
}

/** References to the Conditions of the record's complaints and working diagnoses. */
export function conditionReferences(context: Context): Reference<Condition>[] {
  return shownIn(context).map((one) => referenceTo(context, one));
}

/**
 * References to the complaints that `keys` name. Without keys a record with a single complaint is
 * about that one; of several none is guessed.
 */
export function complaintReferences(
  context: Context,
  keys: readonly string[] | undefined,
): Reference<Condition>[] {
  const complaints = shownIn(context).filter(({ part }) => part === 'cond');
  const named = keys ?? (complaints.length === 1 ? complaints.map(({ key }) => key) : []);
  return complaints
    .filter(({ key }) => named.includes(key))
    .map((one) => referenceTo(context, one));
}

/** Why the patient is treated, in the visit's own copy: complaints, then working diagnoses. */
export function reasonsOf(context: Context): CodeableConcept[] {
  return shownIn(context).map(({ code }) => code);
}

function shownIn(context: Context): Shown[] {
  const { complaints = [], indications = [] } = context.record.episode ?? {};
  return [
    ...complaints.map((one) => complaintShown(context, one)),
    ...indications.map((one) => indicationShown(context, one)),
  ];
}

function complaintShown({ record }: Context, complaint: Complaint): Shown {
  const { key, condition, text, asWritten, course } = complaint;
  const code = conceptOf(condition, text ?? asWritten?.text, key);
  const lines = () =>
    linesOf(complaint, { members: definition.members.complaints.of.members, record });
  return { part: 'cond', key, code, lines, more: onsetOf(course?.onset) };
}

function indicationShown({ record }: Context, indication: Indication): Shown {
  const { key, condition, text, asWritten, side } = indication;
  const code = conceptOf(condition, text ?? asWritten?.condition, key);
  const lines = () =>
    linesOf(indication, { members: definition.members.indications.of.members, record });
  if (side === undefined) return { part: 'diag', key, code, lines, more: {} };
  // R4 has no element for a side; a word without a code cannot be taken for a body structure.
  const sided = { ...code, text: `${code.text}, ${renderCode(side).toLowerCase()}` };
  return {
    part: 'diag',
    key,
    code: sided,
    lines,
    more: { bodySite: [{ text: renderCode(side) }] },
  };
}

function linesOf(
  value: Complaint | Indication,
  { members, record }: { members: Members; record: ImsRecord },
): string[] {
  return renderObject({ ...value }, members, namesOf(record));
}

/** A condition code with the chart's words; its display where the chart has none. */
function conceptOf(
  condition: string | undefined,
  words: string | undefined,
  key: string,
): CodeableConcept {
  const coded = condition === undefined ? {} : concept(condition);
  // Readers show it in one line, and validators warn of a line break in it.
  return { ...coded, text: (words ?? coded.text ?? key).replaceAll(/\s+/g, ' ') };
}

function onsetOf(
  onset: NonNullable<Complaint['course']>['onset'],
): Pick<Condition, 'onsetDateTime' | 'onsetString'> {
  if (onset === undefined) return {};
  if (typeof onset === 'string') return { onsetDateTime: onset };
  return onset.date === undefined ? { onsetString: onset.dateText } : { onsetDateTime: onset.date };
}

function referenceTo({ episodeScope }: Context, { part, key, code }: Shown): Reference<Condition> {
  if (episodeScope === undefined) throw new TypeError('a condition stands in an episode');
  return reference('Condition', identifierValue(episodeScope, part, key), code.text ?? key);
}

function conditionToFhir(context: Context, { part, key, code, lines, more }: Shown) {
  const { episodeScope, subject, encounter, retracted, record } = context;
  if (episodeScope === undefined) throw new TypeError('a condition stands in an episode');
  const heading = part === 'cond' ? 'Complaint' : 'Working diagnosis';
  const blocks = [...recordNotices(record), { heading, lines: lines() }];
  const resource: Condition = {
    resourceType: 'Condition',
    meta: metaForProfile(part),
    text: { status: 'generated', div: xhtml(blocks) },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, part, key))],
    // Who is treated for it has it now; that it has ended is charted nowhere, so it is never said.
    ...(retracted
      ? { verificationStatus: status('condition-ver-status', 'entered-in-error') }
      : { clinicalStatus: status('condition-clinical', 'active') }),
    category: [status('condition-category', 'encounter-diagnosis')],
    code,
    subject,
    encounter,
    recordedDate: record.recordedAt,
    ...more,
  };
  return mappedResource(episodeScope, { part, key }, resource);
}

/** A status or category of a Condition. */
export function status(system: string, code: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}
