// What the mapping writes, for the tests that hold it against the profiles: the resources of records
// of every density, drawn anew from the same seed.
import type { Extension, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { goldens, recordOf } from '../golden/cases.ts';

const SEED = 20261121;

/** Resources of the golden cases and of some 150 generated records; the fullest come first. */
export function mappedResources(): Resource[] {
  const drawn = (['dense', 'medium', 'sparse'] as const)
    .flatMap((density) => fc.sample(arbitraryRecord({ density }), { seed: SEED, numRuns: 40 }))
    .flatMap(withRareForms);
  return [...goldens.map(recordOf), ...drawn]
    .flatMap((record) => toFhir(record, assess(record)).resources)
    .map(({ resource }) => resource);
}

/**
 * A session that was not done keeps its times elsewhere; values in the units of R4's vital signs become
 * such. Both are drawn too seldom to count on.
 */
function withRareForms(record: ImsRecord): ImsRecord[] {
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

/** An extension in use: what kind of element it stands on, as contexts name it. */
export interface UsedExtension {
  readonly url: string;
  readonly on: string;
}

/** Every extension of a resource with a URL of its own, not the parts of another. */
export function usedExtensions(resource: Resource): UsedExtension[] {
  return [...extensionsIn(resource, resource.resourceType)];
}

function* extensionsIn(value: unknown, on: string): Generator<UsedExtension> {
  if (Array.isArray(value)) {
    for (const one of value) yield* extensionsIn(one, on);
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

/** Items within items are still `QuestionnaireResponse.item`, and each type of a value is `value[x]`. */
function elementOf(on: string, name: string): string {
  if (/^Observation\b/.test(on) && /^value[A-Z]/.test(name)) return `${on}.value[x]`;
  return on.endsWith('.item') && name === 'item' ? on : `${on}.${name.replace(/^_/, '')}`;
}
