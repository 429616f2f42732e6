// Mapped resources for the tests that check them against the profiles: those of the golden cases and of
// generated records of every density, always from the same seed.
import type { Extension, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { goldens, recordOf } from '../golden/cases.ts';

const SEED = 20261121;

/** Resources of the golden cases and of about 150 generated records; the records with most content first. */
export function mappedResources(): Resource[] {
  const generated = (['dense', 'medium', 'sparse'] as const)
    .flatMap((density) => fc.sample(arbitraryRecord({ density }), { seed: SEED, numRuns: 40 }))
    .flatMap(withVariants);
  return [...goldens.map(recordOf), ...generated]
    .flatMap((record) => toFhir(record, assess(record)).resources)
    .map(({ resource }) => resource);
}

/**
 * Adds variants that the generator makes too rarely: a session that was not done, which has its times in
 * other elements, and values that become vital signs of R4.
 */
function withVariants(record: ImsRecord): ImsRecord[] {
  const { session, assessment } = record;
  return [
    record,
    ...(session === undefined
      ? []
      : [{ ...record, session: { ...session, status: 'not-done' as const } }]),
    ...(assessment === undefined
      ? []
      : [{ ...record, assessment: { ...assessment, values: VITAL_SIGNS } }]),
  ];
}

const VITAL_SIGNS = [
  { key: 'vital-1', what: 'blood-pressure', value: 128, diastolic: 84, unit: 'mm[Hg]' },
  { key: 'vital-2', what: 'heart-rate', value: 72, unit: '/min' },
  { key: 'vital-3', what: 'body-temperature', absent: { value: 'declined' } },
] as const;

/** A used extension, with its element as the context of a definition names it. */
export interface UsedExtension {
  readonly url: string;
  readonly on: string;
}

/** Every extension of a resource with an absolute URL, so none that is nested in a complex one. */
export function usedExtensions(resource: Resource): UsedExtension[] {
  return [...extensionsIn(resource, resource.resourceType)];
}

function* extensionsIn(value: unknown, on: string): Generator<UsedExtension> {
  if (Array.isArray(value)) {
    for (const entry of value) yield* extensionsIn(entry, on);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    if (name === 'extension') {
      for (const { url } of child as Extension[]) if (url.includes(':')) yield { url, on };
      yield* extensionsIn(child, 'Extension');
    } else yield* extensionsIn(child, elementOf(on, name));
  }
}

/** Nested items are still `QuestionnaireResponse.item`, and a value of any type is `value[x]`. */
function elementOf(on: string, name: string): string {
  if (/^Observation\b/.test(on) && /^value[A-Z]/.test(name)) return `${on}.value[x]`;
  return on.endsWith('.item') && name === 'item' ? on : `${on}.${name.replace(/^_/, '')}`;
}
