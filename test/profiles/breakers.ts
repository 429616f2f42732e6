// How to break each rule of the profiles: a resource the mapping wrote, with one thing wrong.
import type { Extension, Resource } from '@medplum/fhirtypes';
import { structureUrl } from '../../src/fhir/canonical.ts';

/** A resource whose members may be changed in ways its type would not allow. */
type Loose = Resource & Record<string, unknown>;

interface Breaker {
  readonly profile: string;
  /** True for a resource that can be broken this way. */
  readonly applies: (resource: Resource) => boolean;
  readonly broken: (resource: Resource) => Resource;
}

/** Breaks a rule by setting members; null removes one. */
function by(
  profile: string,
  change: (resource: Loose) => Record<string, unknown>,
  applies: (resource: Loose) => boolean = () => true,
): Breaker {
  return {
    profile,
    applies: (resource) => applies(resource as Loose),
    broken: (resource) => {
      const entries = Object.entries({ ...resource, ...change(resource as Loose) });
      return Object.fromEntries(entries.filter(([, value]) => value !== null)) as never as Resource;
    },
  };
}

const extensionsOf = (resource: Loose) => (resource.extension ?? []) as Extension[];
const without = (resource: Loose, url: string) => ({
  extension: extensionsOf(resource).filter((one) => one.url !== url),
});
const partOf = (resource: Loose, name: string) =>
  extensionsOf(resource)
    .find(({ url }) => url === structureUrl('ims-record'))
    ?.extension?.find(({ url }) => url === name);

/** The same marks, with another status of the record. */
function marked(resource: Loose, status: string): { extension: Extension[] } {
  const { extension } = structuredClone({ extension: extensionsOf(resource) });
  const coding = partOf({ ...resource, extension } as Loose, 'status')?.valueCoding;
  if (coding !== undefined) coding.code = status;
  return { extension };
}

const isMarked = (status: string) => (resource: Loose) =>
  partOf(resource, 'status')?.valueCoding?.code === status;
const hasStatus = (status: string) => (resource: Loose) => resource.status === status;
const hasExtension = (id: string) => (resource: Loose) =>
  extensionsOf(resource).some(({ url }) => url === structureUrl(id));
const isRefused = (resource: Loose) =>
  extensionsOf(resource)
    .filter(({ url }) => url === structureUrl('consent-refusal'))
    .some(({ extension = [] }) =>
      extension.some(({ valueCoding }) => valueCoding?.code === 'consent-refused'),
    );
const finding = [{ code: { coding: [{ code: 'finding' }] } }];
const snomed = (code: string) => ({ coding: [{ system: 'http://snomed.info/sct', code }] });
const categoryOf = (code: string) => [{ coding: [{ code }] }];
const isOf = (category: string) => (resource: Loose) =>
  JSON.stringify(resource.category).includes(`"${category}"`);
const quantity = (value: number) => ({ valueQuantity: { value }, valueCodeableConcept: null });

/** Every rule, and what breaks it. */
export const BREAKERS: Readonly<Record<string, Breaker>> = {
  'ims-identifier-1': by('ims-visit', ({ identifier }) => ({
    identifier: (identifier as object[]).map((one) => ({ ...one, value: 'v-visit-1' })),
  })),
  'ims-record-1': by('ims-visit', (one) => marked(one, 'entered-in-error'), hasStatus('finished')),
  'ims-record-2': by('ims-complaint', (one) => marked(one, 'entered-in-error'), isMarked('final')),
  'ims-record-3': by('ims-goal', (one) => marked(one, 'entered-in-error'), isMarked('final')),
  'ims-plan-1': by('ims-course-plan', () => ({
    status: 'completed',
    activity: [{ detail: { status: 'in-progress' } }],
  })),
  'ims-referral-1': by('ims-referral', () => ({ status: 'active' })),
  'ims-consent-1': by(
    'ims-needling-consent',
    () => ({ status: 'active' }),
    (one) => hasStatus('rejected')(one) && isRefused(one),
  ),
  'ims-tag-1': by('ims-adverse-event', ({ meta }) => ({ meta: { ...meta, tag: [] } })),
  'ims-visit-1': by('ims-visit', () => ({ status: 'planned' })),
  'ims-visit-2': by('ims-visit', (one) => without(one, structureUrl('ims-record'))),
  'ims-visit-3': by(
    'ims-visit',
    () => ({ period: { end: '2026-03-02' } }),
    hasExtension('visit-end'),
  ),
  'ims-response-1': by('ims-assessment-response', () => ({ status: 'stopped' })),
  'ims-response-2': by(
    'ims-assessment-response',
    (one) => marked(one, 'draft'),
    hasStatus('completed'),
  ),
  'ims-response-3': by('ims-assessment-response', () => ({
    questionnaire: 'https://ims-fhir.org/fhir/Questionnaire/ims-contraindication-screen|1.0.0',
  })),
  'ims-observation-1': by('ims-reaction', () => ({ valueCodeableConcept: null })),
  'ims-observation-3': by('ims-sign', () => ({
    valueCodeableConcept: { coding: [{ code: 'absent' }] },
    valueQuantity: null,
    valueRange: null,
    component: finding,
  })),
  'ims-observation-4': by('ims-sign', () => ({
    component: [{ code: { coding: [{ code: 'motor-point' }] } }],
  })),
  'ims-movement-1': by('ims-movement', () => ({ component: finding })),
  'ims-measure-1': by(
    'ims-measured-value',
    () => ({ effectiveDateTime: '2026-03' }),
    isOf('vital-signs'),
  ),
  'ims-measure-2': by(
    'ims-measured-value',
    () => ({ valueQuantity: { value: 72, unit: 'bpm' }, dataAbsentReason: null }),
    isOf('vital-signs'),
  ),
  'ims-measure-3': by(
    'ims-measured-value',
    () => ({ category: categoryOf('exam') }),
    isOf('vital-signs'),
  ),
  'ims-measure-4': by(
    'ims-measured-value',
    () => ({ valueQuantity: null }),
    (one) => 'valueQuantity' in one,
  ),
  'ims-observation-2': by('ims-sign', (one) => marked(one, 'draft'), hasStatus('final')),
  'ims-pain-1': by(
    'ims-pain-score',
    () => quantity(11),
    (one) => 'valueQuantity' in one,
  ),
  'ims-screening-1': by('ims-screening-item', () => ({ valueCodeableConcept: snomed('22298006') })),
  'ims-screening-2': by('ims-screening-item', () => ({
    valueCodeableConcept: snomed('373067005'),
    component: finding,
  })),
  'ims-session-1': by(
    'ims-needling-session',
    () => ({ performedDateTime: null, performedPeriod: null, _performedDateTime: null }),
    hasStatus('completed'),
  ),
  'ims-session-2': by(
    'ims-needling-session',
    () => ({ performedDateTime: '2026-03-02' }),
    hasStatus('not-done'),
  ),
  'ims-session-3': by(
    'ims-needling-session',
    () => ({ bodySite: null }),
    (one) => hasStatus('completed')(one) && hasExtension('needled-site')(one),
  ),
  'ims-session-4': by(
    'ims-needling-session',
    (one) => without(one, structureUrl('session-status')),
    isMarked('entered-in-error'),
  ),
  'ims-session-5': by(
    'ims-needling-session',
    () => ({ statusReason: { text: 'equipment' } }),
    hasStatus('completed'),
  ),
  'ims-flag-1': by(
    'ims-contraindication-flag',
    (one) => without(one, 'http://hl7.org/fhir/StructureDefinition/flag-detail'),
    hasStatus('active'),
  ),
  'ims-event-1': by(
    'ims-adverse-event',
    (one) => without(one, structureUrl('event-class')),
    hasExtension('event-class'),
  ),
  'ims-issue-1': by('ims-detected-issue', () => ({ implicated: null })),
  'ims-complication-1': by(
    'ims-complication',
    () => ({ verificationStatus: { coding: [{ code: 'refuted' }] } }),
    ({ clinicalStatus }) => JSON.stringify(clinicalStatus ?? '').includes('"active"'),
  ),
  'ims-provenance-1': by('ims-provenance', () => ({ agent: [] })),
};
