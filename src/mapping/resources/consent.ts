// Maps consents, refusals and withdrawals to Consent. A refusal is a separate Consent with the status
// rejected. Reading does not use these resources, because the assessment response contains the data.
import type {
  CodeableConcept,
  DocumentReference,
  Consent as FhirConsent,
} from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { CANONICAL, structureUrl } from '../../fhir/canonical.ts';
import {
  consentInForce,
  isWithdrawalOf,
  type Refusal,
} from '../../ims/records/consent-in-force.ts';
import { type Consent, consent as definition, refusals } from '../../ims/schema/consent.ts';
import { coding } from '../../terminology/codes.ts';
import { concept, findingCoding, hl7Concept } from '../../terminology/concepts.ts';
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
import { dateOf } from '../dates.ts';
import { type IdentifierScope, identifierValue, ourIdentifier } from '../identity.ts';

const { form, by, byName, relation, scope, sites, explained, notAcupuncture, copyGiven } =
  definition.members;
/** Members that are extensions because R4's Consent has no element for them. */
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
/** A refusal or withdrawal: an extension of the Consent it changes, or of a separate Consent. */
export const REFUSAL_MEMBERS = { refusal: refusals } as const;
/** URL of the extension for a member. */
export const consentUrl = (name: string) =>
  structureUrl(`consent-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);

/** Extension with the code of a refusal; the code would not be valid as a second category. */
const REFUSAL_CODE_URL = structureUrl('consent-refusal-code');

/** The consents of the visit and of the course, and the refusals of the visit. */
export function consentsToFhir(context: Context): MappedResource[] {
  const { record, visitScope, episodeScope } = context;
  const { consents = [], refusals = [], clinic } = record;
  const courseConsents = episodeScope === undefined ? [] : (record.episode?.consents ?? []);
  const earlierRefusals = earlierInEpisode(context).flatMap((earlier) => earlier.refusals ?? []);
  const allConsents = [...consents, ...courseConsents];
  // A withdrawal is written on the consent it ends; without that consent, as a separate Consent.
  const separate = refusals.filter(
    (refusal) =>
      refusal.what !== 'consent-withdrawn' ||
      !allConsents.some((consent) => isWithdrawalOf(refusal, consent, clinic)),
  );
  const toFhir = (
    scope: IdentifierScope | undefined,
    consent: Consent,
    relevant: readonly Refusal[],
  ) =>
    scope === undefined ? [] : [consentToFhir(context, { scope, consent, refusals: relevant })];
  return [
    ...consents.flatMap((consent) => toFhir(visitScope, consent, refusals)),
    ...courseConsents.flatMap((consent) =>
      toFhir(episodeScope, consent, [...earlierRefusals, ...refusals]),
    ),
    ...separate.map((refusal) => refusalToFhir(context, refusal)),
  ];
}

interface ConsentInput {
  readonly scope: IdentifierScope;
  readonly consent: Consent;
  /** Refusals and withdrawals that may have changed the consent. */
  readonly refusals: readonly Refusal[];
}

function consentToFhir(context: Context, input: ConsentInput): MappedResource {
  const { consent, scope } = input;
  const { record } = context;
  const { status, sites, withdrawals } = consentInForce(consent, input.refusals, record.clinic);
  const { sites: _sitesWhenGiven, ...rest } = consent;
  const values = { ...rest, ...defined({ sites }) };
  const lines = renderObject(values, definition.members, namesOf(record));
  return buildConsent(context, scope, {
    part: 'consent',
    key: consent.key,
    status,
    blocks: [
      {
        heading: 'Withdrawn',
        lines: withdrawals.flatMap((refusal) => renderRefusal(context, refusal)),
      },
      { heading: 'Consent to needling', lines },
    ],
    extension: [
      ...writeMembers(values, EXTRA_MEMBERS, consentUrl),
      ...writeMembers({ refusal: withdrawals }, REFUSAL_MEMBERS, consentUrl),
    ],
    isByPatient: consent.by === 'patient',
    elements: defined({
      dateTime: consent.givenAt ?? dateOf(consent.givenDate),
      sourceReference: documentReference(context, consent.documentKey),
    }),
  });
}

/** A refusal, or a withdrawal of a consent that is not in the record. */
function refusalToFhir(context: Context, refusal: Refusal): MappedResource {
  return buildConsent(context, context.visitScope, {
    part: 'refusal',
    key: refusal.key,
    status: refusal.what === 'consent-withdrawn' ? 'inactive' : 'rejected',
    blocks: [{ heading: 'Consent refused', lines: renderRefusal(context, refusal) }],
    extension: [
      { url: REFUSAL_CODE_URL, valueCodeableConcept: refusalConcept(refusal) },
      ...writeMembers({ refusal: [refusal] }, REFUSAL_MEMBERS, consentUrl),
    ],
    isByPatient: refusal.byWhom?.includes('patient') === true,
    elements: defined({ dateTime: refusal.at }),
  });
}

/** What was refused; with the SNOMED CT code where a single person refused. */
function refusalConcept({ what, byWhom = [], asWritten }: Refusal): CodeableConcept {
  if (what === undefined) return { text: asWritten?.what ?? 'Consent refused' };
  const [person, ...others] = byWhom;
  const isSingle = person !== undefined && others.length === 0;
  const snomed = isSingle ? findingCoding(what, person) : undefined;
  const { text = what } = concept(what);
  return { coding: [coding(what), ...(snomed === undefined ? [] : [snomed])], text };
}

interface ConsentDraft {
  readonly part: 'consent' | 'refusal';
  readonly key: string;
  readonly status: FhirConsent['status'];
  readonly blocks: Parameters<typeof narrativeDiv>[0];
  readonly extension: FhirConsent['extension'];
  readonly isByPatient: boolean;
  readonly elements: Partial<FhirConsent>;
}

function buildConsent(
  context: Context,
  scope: IdentifierScope,
  draft: ConsentDraft,
): MappedResource {
  const { part, key, status, blocks, extension = [], isByPatient, elements } = draft;
  const { subject, retracted } = context;
  const resource = {
    resourceType: 'Consent',
    meta: metaForProfile(part),
    text: { status: 'generated', div: narrativeDiv([...recordNotices(context.record), ...blocks]) },
    extension: [sharedRecordExtension(context), ...extension],
    identifier: [ourIdentifier(identifierValue(scope, part, key))],
    status: retracted ? 'entered-in-error' : status,
    scope: hl7Concept('consentscope', 'treatment'),
    category: [concept('needling-consent')],
    patient: subject,
    // R4's performer is the person who consents or refuses; other persons are in the extensions.
    ...(isByPatient ? { performer: [subject] } : {}),
    ...elements,
    policy: [{ uri: `${CANONICAL}/policy/consent-to-needling` }],
  } as FhirConsent;
  return mappedResource(scope, { part, key }, resource);
}

function renderRefusal({ record }: Context, refusal: Refusal): string[] {
  return renderObject(refusal, refusals.of.members, namesOf(record));
}

function documentReference({ record, visitScope }: Context, key: string | undefined) {
  const document = record.documents?.find((document) => document.key === key);
  if (document === undefined) return undefined;
  const value = identifierValue(visitScope, 'doc', document.key);
  return reference<DocumentReference>('DocumentReference', value, document.title ?? 'Consent form');
}
