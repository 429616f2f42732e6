// Maps complaints and working diagnoses of the episode to Condition. Reading does not use these resources,
// because the assessment response contains the data.
import type { CodeableConcept, Condition, Reference } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { renderCode } from '../../chart/values.ts';
import { episode as definition } from '../../ims/schema/episode.ts';
import type { Members } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, hl7Concept } from '../../terminology/concepts.ts';
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

/** What a Condition of the episode is built from. */
interface ConditionDraft {
  readonly part: 'cond' | 'diag';
  readonly key: string;
  readonly code: CodeableConcept;
  /** Everything charted about it, one line for each fact. */
  readonly lines: () => readonly string[];
  /** Elements that only a complaint or only a diagnosis has. */
  readonly elements: Partial<Condition>;
}

/** One Condition for each complaint and each working diagnosis. */
export function conditionsToFhir(context: Context): MappedResource[] {
  return draftsOf(context).map((draft) => conditionToFhir(context, draft));
}

/** References to the Conditions of the record's complaints and working diagnoses. */
export function conditionReferences(context: Context): Reference<Condition>[] {
  return draftsOf(context).map((draft) => referenceTo(context, draft));
}

/**
 * References to the complaints with these keys. Without keys: to the complaint of a record that has only
 * one, otherwise none.
 */
export function complaintReferences(
  context: Context,
  keys: readonly string[] | undefined,
): Reference<Condition>[] {
  const complaints = draftsOf(context).filter(({ part }) => part === 'cond');
  const named = keys ?? (complaints.length === 1 ? complaints.map(({ key }) => key) : []);
  return complaints
    .filter(({ key }) => named.includes(key))
    .map((draft) => referenceTo(context, draft));
}

/** The reasons for the treatment: complaints, then working diagnoses. */
export function reasonsOf(context: Context): CodeableConcept[] {
  return draftsOf(context).map(({ code }) => code);
}

function draftsOf(context: Context): ConditionDraft[] {
  const { complaints = [], indications = [] } = context.record.episode ?? {};
  return [
    ...complaints.map((complaint) => complaintDraft(context, complaint)),
    ...indications.map((indication) => diagnosisDraft(context, indication)),
  ];
}

function complaintDraft({ record }: Context, complaint: Complaint): ConditionDraft {
  const { key, condition, text, asWritten, course } = complaint;
  const code = conceptOf(condition, text ?? asWritten?.text, key);
  const lines = () =>
    linesOf(complaint, { members: definition.members.complaints.of.members, record });
  return { part: 'cond', key, code, lines, elements: onsetOf(course?.onset) };
}

function diagnosisDraft({ record }: Context, indication: Indication): ConditionDraft {
  const { key, condition, text, asWritten, side } = indication;
  const code = conceptOf(condition, text ?? asWritten?.condition, key);
  const lines = () =>
    linesOf(indication, { members: definition.members.indications.of.members, record });
  if (side === undefined) return { part: 'diag', key, code, lines, elements: {} };
  // R4 has no element for a side. Without a code, the word cannot be mistaken for a body structure.
  const sidedCode = { ...code, text: `${code.text}, ${renderCode(side).toLowerCase()}` };
  return {
    part: 'diag',
    key,
    code: sidedCode,
    lines,
    elements: { bodySite: [{ text: renderCode(side) }] },
  };
}

function linesOf(
  value: Complaint | Indication,
  { members, record }: { members: Members; record: ImsRecord },
): string[] {
  return renderObject({ ...value }, members, namesOf(record));
}

/** A condition code with the chart's words as text; without words, with its display or the key. */
function conceptOf(
  condition: string | undefined,
  words: string | undefined,
  key: string,
): CodeableConcept {
  const coded = condition === undefined ? {} : concept(condition);
  // Clients show the text in one line, and validators warn of line breaks in it.
  return { ...coded, text: (words ?? coded.text ?? key).replaceAll(/\s+/g, ' ') };
}

function onsetOf(
  onset: NonNullable<Complaint['course']>['onset'],
): Pick<Condition, 'onsetDateTime' | 'onsetString'> {
  if (onset === undefined) return {};
  if (typeof onset === 'string') return { onsetDateTime: onset };
  return onset.date === undefined ? { onsetString: onset.dateText } : { onsetDateTime: onset.date };
}

function referenceTo(
  { episodeScope }: Context,
  { part, key, code }: ConditionDraft,
): Reference<Condition> {
  if (episodeScope === undefined) throw new TypeError('a Condition requires an episode');
  return reference('Condition', identifierValue(episodeScope, part, key), code.text ?? key);
}

function conditionToFhir(context: Context, draft: ConditionDraft): MappedResource {
  const { part, key, code, lines, elements } = draft;
  const { episodeScope, subject, encounter, retracted, record } = context;
  if (episodeScope === undefined) throw new TypeError('a Condition requires an episode');
  const heading = part === 'cond' ? 'Complaint' : 'Working diagnosis';
  const blocks = [...recordNotices(record), { heading, lines: lines() }];
  const resource: Condition = {
    resourceType: 'Condition',
    meta: metaForProfile(part),
    text: { status: 'generated', div: narrativeDiv(blocks) },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, part, key))],
    // A condition under treatment is active; charts do not say when one has resolved.
    ...(retracted
      ? { verificationStatus: hl7Concept('condition-ver-status', 'entered-in-error') }
      : { clinicalStatus: hl7Concept('condition-clinical', 'active') }),
    category: [hl7Concept('condition-category', 'encounter-diagnosis')],
    code,
    subject,
    encounter,
    recordedDate: record.recordedAt,
    ...elements,
  };
  return mappedResource(episodeScope, { part, key }, resource);
}
