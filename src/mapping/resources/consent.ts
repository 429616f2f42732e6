// Consent to needling -> Consent, one per person and form; a refusal is its own, rejected. For
// readers: the record's own copy stands in the assessment response.
import type {
  CodeableConcept,
  DocumentReference,
  Consent as FhirConsent,
} from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { CANONICAL, structureUrl } from '../../fhir/canonical.ts';
import {
  consentInForce,
  isWithdrawalOf,
  type Refusal,
} from '../../ims/records/consent-in-force.ts';
import { type Consent, consent as definition, refusals } from '../../ims/schema/consent.ts';
import { coding } from '../../terminology/codes.ts';
import { concept, findingCoding } from '../../terminology/concepts.ts';
import { writeMembers } from '../codec/extension.ts';
import {
  type Context,
  earlierInEpisode,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
  sharedRecordExtension,
} from '../context.ts';
import { identifierValue, ourIdentifier, type Scope } from '../identity.ts';

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
/** A refusal, or what was taken back of a consent: beside the consent it changes, or on its own. */
export const REFUSAL_MEMBERS = { refusal: refusals } as const;
/** The extension that holds a member. */
export const consentUrl = (name: string) =>
  structureUrl(`consent-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);

/** What a refusal is called; a second category would be none of those that R4 asks for. */
const REFUSAL_CODE_URL = structureUrl('consent-refusal-code');

/** Consents of this visit, those given for the course, and every refusal. */
export function consentsToFhir(context: Context): MappedResource[] {
  const { record, visitScope, episodeScope } = context;
  const own = record.consents ?? [];
  const course = episodeScope === undefined ? [] : (record.episode?.consents ?? []);
  const said = record.refusals ?? [];
  const told = [...earlierInEpisode(context).flatMap((one) => one.refusals ?? []), ...said];
  const known = [...own, ...course];
  // What was taken back of a consent stands there; a consent that is not at hand cannot show it.
  const apart = said.filter(
    (one) =>
      one.what !== 'consent-withdrawn' ||
      !known.some((given) => isWithdrawalOf(one, given, record.clinic)),
  );
  return [
    ...own.map((one) => consentToFhir(context, { owner: visitScope, one, refused: said })),
    ...(episodeScope === undefined
      ? []
      : course.map((one) => consentToFhir(context, { owner: episodeScope, one, refused: told }))),
    ...apart.map((one) => refusalToFhir(context, one)),
  ];
}

interface Given {
  readonly owner: Scope;
  readonly one: Consent;
  /** Refusals that may have changed it. */
  readonly refused: readonly Refusal[];
}

function consentToFhir(context: Context, { owner, one, refused }: Given): MappedResource {
  const { record } = context;
  const names = namesOf(record);
  const { status, sites: left, withdrawals } = consentInForce(one, refused, record.clinic);
  const { sites: _given, ...rest } = one;
  const values = { ...rest, ...(left === undefined ? {} : { sites: left }) };
  const when = one.givenAt ?? dateOf(one.givenDate);
  const document = documentReference(context, one.documentKey);
  return written(context, owner, {
    part: 'consent',
    key: one.key,
    status,
    blocks: [
      { heading: 'Taken back', lines: withdrawals.flatMap((back) => sayRefusal(context, back)) },
      { heading: 'Consent to needling', lines: renderObject(values, definition.members, names) },
    ],
    extension: [
      ...writeMembers(values, EXTRA_MEMBERS, consentUrl),
      ...writeMembers({ refusal: withdrawals }, REFUSAL_MEMBERS, consentUrl),
    ],
    isByPatient: one.by === 'patient',
    more: {
      ...(when === undefined ? {} : { dateTime: when }),
      ...(document === undefined ? {} : { sourceReference: document }),
    },
  });
}

/** A refusal, or a withdrawal of a consent that is not at hand, on its own. */
function refusalToFhir(context: Context, one: Refusal): MappedResource {
  return written(context, context.visitScope, {
    part: 'refusal',
    key: one.key,
    status: one.what === 'consent-withdrawn' ? 'inactive' : 'rejected',
    blocks: [{ heading: 'Consent refused', lines: sayRefusal(context, one) }],
    extension: [
      { url: REFUSAL_CODE_URL, valueCodeableConcept: refusalConcept(one) },
      ...writeMembers({ refusal: [one] }, REFUSAL_MEMBERS, consentUrl),
    ],
    isByPatient: one.byWhom?.includes('patient') === true,
    more: one.at === undefined ? {} : { dateTime: one.at },
  });
}

/** What was refused, with what SNOMED CT calls it where one person alone refused. */
function refusalConcept({ what, byWhom = [], asWritten }: Refusal): CodeableConcept {
  if (what === undefined) return { text: asWritten?.what ?? 'Consent refused' };
  const [who, ...others] = byWhom;
  const named = who === undefined || others.length > 0 ? undefined : findingCoding(what, who);
  const { text = what } = concept(what);
  return { coding: [coding(what), ...(named === undefined ? [] : [named])], text };
}

interface Written {
  readonly part: 'consent' | 'refusal';
  readonly key: string;
  readonly status: FhirConsent['status'];
  readonly blocks: Parameters<typeof xhtml>[0];
  readonly extension: FhirConsent['extension'];
  readonly isByPatient: boolean;
  readonly more: Partial<FhirConsent>;
}

function written(context: Context, owner: Scope, one: Written): MappedResource {
  const { part, key, status, blocks, extension = [], isByPatient, more } = one;
  const { subject, retracted } = context;
  const resource = {
    resourceType: 'Consent',
    meta: metaForProfile(part),
    text: { status: 'generated', div: xhtml([...recordNotices(context.record), ...blocks]) },
    extension: [sharedRecordExtension(context), ...extension],
    identifier: [ourIdentifier(identifierValue(owner, part, key))],
    status: retracted ? 'entered-in-error' : status,
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }],
    },
    category: [concept('needling-consent')],
    patient: subject,
    // R4's performer is who agrees or refuses; anybody but the patient stands in the extensions.
    ...(isByPatient ? { performer: [subject] } : {}),
    ...more,
    policy: [{ uri: `${CANONICAL}/policy/consent-to-needling` }],
  } as FhirConsent;
  return mappedResource(owner, { part, key }, resource);
}

function sayRefusal({ record }: Context, one: Refusal): string[] {
  return renderObject(one, refusals.of.members, namesOf(record));
}

function documentReference({ record, visitScope }: Context, key: string | undefined) {
  const found = record.documents?.find((one) => one.key === key);
  if (found === undefined) return undefined;
  const value = identifierValue(visitScope, 'doc', found.key);
  return reference<DocumentReference>('DocumentReference', value, found.title ?? 'Consent form');
}

function dateOf(date: Consent['givenDate']): string | undefined {
  return typeof date === 'object' ? date.date : date;
}
