// A complaint of the episode -> Condition. For readers: the visit's own copy stands in its
// assessment response and is what comes back.
import type { CodeableConcept, Condition, Reference } from '@medplum/fhirtypes';
import { xhtml } from '../chart/narrative.ts';
import type { ImsRecord } from '../ims/record.ts';
import { concept } from '../terminology/concepts.ts';
import { type Context, type MappedResource, mapped, reference, sharedMark } from './context.ts';
import { identifierValue, ourIdentifier } from './identity.ts';

type Complaint = NonNullable<NonNullable<ImsRecord['episode']>['complaints']>[number];

/** One Condition a complaint. */
export function conditionsToFhir(context: Context): MappedResource[] {
  return complaintsOf(context).map((complaint) => conditionToFhir(context, complaint));
}

/** References to the conditions of the record's complaints. */
export function conditionReferences(context: Context): Reference<Condition>[] {
  const scope = context.episodeScope;
  if (scope === undefined) return [];
  return complaintsOf(context).map(({ key }) =>
    reference<Condition>('Condition', identifierValue(scope, 'cond', key), 'Complaint'),
  );
}

/** A complaint as a concept: its condition code where charted, its words. */
export function complaintConcept({ condition, text, asWritten }: Complaint): CodeableConcept {
  const words = text ?? asWritten?.text;
  const coded = condition === undefined ? {} : concept(condition);
  return words === undefined ? coded : { ...coded, text: words };
}

/** The complaints of the record's episode. */
export function complaintsOf({ record }: Context): readonly Complaint[] {
  return record.episode?.complaints ?? [];
}

function conditionToFhir(context: Context, complaint: Complaint): MappedResource {
  const { episodeScope, subject, encounter, retracted } = context;
  if (episodeScope === undefined) throw new TypeError('a complaint stands in an episode');
  const code = complaintConcept(complaint);
  const says = `Complaint: ${code.text ?? code.coding?.[0]?.display ?? complaint.key}`;
  const resource: Condition = {
    resourceType: 'Condition',
    text: { status: 'generated', div: xhtml([{ heading: 'Complaint', lines: [says] }]) },
    extension: [sharedMark(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, 'cond', complaint.key))],
    ...(retracted
      ? { verificationStatus: status('condition-ver-status', 'entered-in-error') }
      : { clinicalStatus: status('condition-clinical', 'active') }),
    category: [status('condition-category', 'encounter-diagnosis')],
    code,
    subject,
    encounter,
  };
  return mapped(episodeScope, { part: 'cond', key: complaint.key }, resource);
}

function status(system: string, code: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}
