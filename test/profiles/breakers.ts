// How to violate each invariant of the profiles: a change to a mapped resource.
import type { Extension, Resource } from '@medplum/fhirtypes';
import { structureUrl } from '../../src/fhir/canonical.ts';

/** A resource whose members can be changed to values that its type does not allow. */
type Loose = Resource & Record<string, unknown>;

interface Breaker {
  readonly profile: string;
  /** True for a resource that this change makes invalid. */
  readonly applies: (resource: Resource) => boolean;
  readonly broken: (resource: Resource) => Resource;
}

/** A breaker that sets members; null removes a member. */
function breaker(
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
  extension: extensionsOf(resource).filter((extension) => extension.url !== url),
});
const recordMember = (resource: Loose, name: string) =>
  extensionsOf(resource)
    .find(({ url }) => url === structureUrl('ims-record'))
    ?.extension?.find(({ url }) => url === name);

/** The extensions with another status of the record. */
function withRecordStatus(resource: Loose, status: string): { extension: Extension[] } {
  const { extension } = structuredClone({ extension: extensionsOf(resource) });
  const coding = recordMember({ ...resource, extension } as Loose, 'status')?.valueCoding;
  if (coding !== undefined) coding.code = status;
  return { extension };
}

const hasRecordStatus = (status: string) => (resource: Loose) =>
  recordMember(resource, 'status')?.valueCoding?.code === status;
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
const hasCategory = (category: string) => (resource: Loose) =>
  JSON.stringify(resource.category).includes(`"${category}"`);
const quantity = (value: number) => ({ valueQuantity: { value }, valueCodeableConcept: null });

/** The breaker of every invariant, by key. */
export const BREAKERS: Readonly<Record<string, Breaker>> = {
  'ims-identifier-1': breaker('ims-visit', ({ identifier }) => ({
    identifier: (identifier as object[]).map((entry) => ({ ...entry, value: 'v-visit-1' })),
  })),
  'ims-record-1': breaker(
    'ims-visit',
    (resource) => withRecordStatus(resource, 'entered-in-error'),
    hasStatus('finished'),
  ),
  'ims-record-2': breaker(
    'ims-complaint',
    (resource) => withRecordStatus(resource, 'entered-in-error'),
    hasRecordStatus('final'),
  ),
  'ims-record-3': breaker(
    'ims-goal',
    (resource) => withRecordStatus(resource, 'entered-in-error'),
    hasRecordStatus('final'),
  ),
  'ims-plan-1': breaker('ims-course-plan', () => ({
    status: 'completed',
    activity: [{ detail: { status: 'in-progress' } }],
  })),
  'ims-referral-1': breaker('ims-referral', () => ({ status: 'active' })),
  'ims-consent-1': breaker(
    'ims-needling-consent',
    () => ({ status: 'active' }),
    (resource) => hasStatus('rejected')(resource) && isRefused(resource),
  ),
  'ims-tag-1': breaker('ims-adverse-event', ({ meta }) => ({ meta: { ...meta, tag: [] } })),
  'ims-visit-1': breaker('ims-visit', () => ({ status: 'planned' })),
  'ims-visit-2': breaker('ims-visit', (resource) => without(resource, structureUrl('ims-record'))),
  'ims-visit-3': breaker(
    'ims-visit',
    () => ({ period: { end: '2026-03-02' } }),
    hasExtension('visit-end'),
  ),
  'ims-response-1': breaker('ims-assessment-response', () => ({ status: 'stopped' })),
  'ims-response-2': breaker(
    'ims-assessment-response',
    (resource) => withRecordStatus(resource, 'draft'),
    hasStatus('completed'),
  ),
  'ims-response-3': breaker('ims-assessment-response', () => ({
    questionnaire: 'https://ims-fhir.org/fhir/Questionnaire/ims-contraindication-screen|1.0.0',
  })),
  'ims-observation-1': breaker('ims-reaction', () => ({ valueCodeableConcept: null })),
  'ims-observation-3': breaker('ims-sign', () => ({
    valueCodeableConcept: { coding: [{ code: 'absent' }] },
    valueQuantity: null,
    valueRange: null,
    component: finding,
  })),
  'ims-observation-4': breaker('ims-sign', () => ({
    component: [{ code: { coding: [{ code: 'motor-point' }] } }],
  })),
  'ims-movement-1': breaker('ims-movement', () => ({ component: finding })),
  'ims-measure-1': breaker(
    'ims-measured-value',
    () => ({ effectiveDateTime: '2026-03' }),
    hasCategory('vital-signs'),
  ),
  'ims-measure-2': breaker(
    'ims-measured-value',
    () => ({ valueQuantity: { value: 72, unit: 'bpm' }, dataAbsentReason: null }),
    hasCategory('vital-signs'),
  ),
  'ims-measure-3': breaker(
    'ims-measured-value',
    () => ({ category: categoryOf('exam') }),
    hasCategory('vital-signs'),
  ),
  'ims-measure-4': breaker(
    'ims-measured-value',
    () => ({ valueQuantity: null }),
    (resource) => 'valueQuantity' in resource,
  ),
  'ims-observation-2': breaker(
    'ims-sign',
    (resource) => withRecordStatus(resource, 'draft'),
    hasStatus('final'),
  ),
  'ims-pain-1': breaker(
    'ims-pain-score',
    () => quantity(11),
    (resource) => 'valueQuantity' in resource,
  ),
  'ims-screening-1': breaker('ims-screening-item', () => ({
    valueCodeableConcept: snomed('22298006'),
  })),
  'ims-screening-2': breaker('ims-screening-item', () => ({
    valueCodeableConcept: snomed('373067005'),
    component: finding,
  })),
  'ims-session-1': breaker(
    'ims-needling-session',
    () => ({ performedDateTime: null, performedPeriod: null, _performedDateTime: null }),
    hasStatus('completed'),
  ),
  'ims-session-2': breaker(
    'ims-needling-session',
    () => ({ performedDateTime: '2026-03-02' }),
    hasStatus('not-done'),
  ),
  'ims-session-3': breaker(
    'ims-needling-session',
    () => ({ bodySite: null }),
    (resource) => hasStatus('completed')(resource) && hasExtension('needled-site')(resource),
  ),
  'ims-session-4': breaker(
    'ims-needling-session',
    (resource) => without(resource, structureUrl('session-status')),
    hasRecordStatus('entered-in-error'),
  ),
  'ims-session-5': breaker(
    'ims-needling-session',
    () => ({ statusReason: { text: 'equipment' } }),
    hasStatus('completed'),
  ),
  'ims-flag-1': breaker(
    'ims-contraindication-flag',
    (resource) => without(resource, 'http://hl7.org/fhir/StructureDefinition/flag-detail'),
    hasStatus('active'),
  ),
  'ims-event-1': breaker(
    'ims-adverse-event',
    (resource) => without(resource, structureUrl('event-class')),
    hasExtension('event-class'),
  ),
  'ims-issue-1': breaker('ims-detected-issue', () => ({ implicated: null })),
  'ims-complication-1': breaker(
    'ims-complication',
    () => ({ verificationStatus: { coding: [{ code: 'refuted' }] } }),
    ({ clinicalStatus }) => JSON.stringify(clinicalStatus ?? '').includes('"active"'),
  ),
  'ims-provenance-1': breaker('ims-provenance', () => ({ agent: [] })),
};
