// Consent to needling -> Consent, one per person and form; a refusal is its own, rejected. For
// readers: the record's own copy stands in the assessment response.
import type { Consent as FhirConsent } from '@medplum/fhirtypes';
import { xhtml } from '../chart/narrative.ts';
import { sayObject } from '../chart/words.ts';
import { CANONICAL, structureUrl } from '../fhir/canonical.ts';
import { type Consent, consent as definition } from '../ims/consent.ts';
import { concept } from '../terminology/concepts.ts';
import { type Context, type MappedResource, mapped, sharedMark } from './context.ts';
import { writeMembers } from './extension.ts';
import { identifierValue, ourIdentifier, type Scope } from './identity.ts';

const { form, by, byName, relation, scope, sites, explained, notAcupuncture, copyGiven } =
  definition.members;
/** Members that Consent has no element for. */
export const EXTRA_MEMBERS = {
  form,
  by,
  byName,
  relation,
  scope,
  sites,
  explained,
  notAcupuncture,
  copyGiven,
} as const;
/** The extension that holds a member. */
export const urlOf = (name: string) =>
  structureUrl(`consent-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);

/** Consents of this visit, and those given for the course. */
export function consentsToFhir(context: Context): MappedResource[] {
  const { record, visitScope, episodeScope } = context;
  const own = (record.consents ?? []).map((one) => consentToFhir(context, visitScope, one));
  if (episodeScope === undefined) return own;
  const course = record.episode?.consents ?? [];
  return [...own, ...course.map((one) => consentToFhir(context, episodeScope, one))];
}

function consentToFhir(context: Context, owner: Scope, one: Consent): MappedResource {
  const { subject, retracted } = context;
  const given = one.givenAt ?? dateOf(one.givenDate);
  const resource = {
    resourceType: 'Consent',
    text: {
      status: 'generated',
      div: xhtml([{ heading: 'Consent to needling', lines: sayObject(one, definition.members) }]),
    },
    extension: [sharedMark(context), ...writeMembers(one, EXTRA_MEMBERS, urlOf)],
    identifier: [ourIdentifier(identifierValue(owner, 'consent', one.key))],
    status: retracted ? 'entered-in-error' : statusOf(one),
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }],
    },
    category: [concept('needling-consent')],
    patient: subject,
    ...(given === undefined ? {} : { dateTime: given }),
    // R4's performer is who agrees; anybody but the patient stands in the extensions.
    ...(one.by === 'patient' ? { performer: [subject] } : {}),
    policy: [{ uri: `${CANONICAL}/policy/consent-to-needling` }],
  } as FhirConsent;
  return mapped(owner, { part: 'consent', key: one.key }, resource);
}

function statusOf({ given }: Consent): FhirConsent['status'] {
  if (given === 'yes') return 'active';
  return given === 'no' || given === 'declined' ? 'rejected' : 'proposed';
}

function dateOf(date: Consent['givenDate']): string | undefined {
  return typeof date === 'object' ? date.date : date;
}
