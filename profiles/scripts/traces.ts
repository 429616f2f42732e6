// What a row of the mapping table becomes beside the place it is read back from: found by mapping a
// record that holds every member with and without the row, so that nothing is told but what the
// mapping does.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CodeableConcept, Resource } from '@medplum/fhirtypes';
import { readRecordText } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';
import { IMS_SYSTEM } from '../../src/terminology/codes.ts';

/** What one row becomes: resource types, the codes they stand under, the profiles they claim. */
export interface Trace {
  readonly types: readonly string[];
  readonly codes: readonly string[];
  readonly profiles: readonly string[];
}

type Values = Record<string, unknown>;

const RECORD = resolve(import.meta.dirname, '../../test/golden/everything/record.json');

/** Finds the trace of a path of the record, such as `assessment.sites.tenderness`. */
export function createTracer(): (path: string) => Trace {
  const record = askedRecord();
  const whole = resourcesOf(record);
  return (path) => {
    const without = resourcesOf(withoutMember(record, path.split('.')) as unknown as ImsRecord);
    const touched = [...whole].flatMap(([value, { key, resource }]) =>
      without.get(value)?.key === key ? [] : [{ resource, isGone: !without.has(value) }],
    );
    const gone = touched.filter(({ isGone }) => isGone).map(({ resource }) => resource);
    return {
      types: setOf(touched.map(({ resource }) => resource.resourceType)),
      codes: setOf(gone.flatMap(codesOf)),
      profiles: setOf(
        touched.flatMap(({ resource }) => (resource.meta?.profile ?? []).map(nameOf)),
      ),
    };
  };
}

/** The record with every screening item answered "yes", which alone is seen outside its response. */
function askedRecord(): ImsRecord {
  const read = readRecordText(readFileSync(RECORD, 'utf8'));
  if (!read.ok) throw new Error(`${RECORD} cannot be read`);
  const screening = Object.entries(read.record.screening ?? {}).map(([name, item]) =>
    typeof item === 'object' && 'answer' in item
      ? [name, { ...item, answer: 'yes' }]
      : [name, item],
  );
  return { ...read.record, screening: Object.fromEntries(screening) };
}

interface Written {
  readonly resource: Resource;
  /** The content without what is told again elsewhere: the narrative, and the drawing of the session. */
  readonly key: string;
}

function resourcesOf(record: ImsRecord): ReadonlyMap<string, Written> {
  const { resources } = toFhir(record, assess(record));
  return new Map(
    resources
      .filter(({ resource }) => resource.resourceType !== 'Provenance')
      .filter(({ value }) => !/^v-\w{16}-chart$/.test(value))
      .map(({ value, resource }) => [value, { resource, key: contentOf(resource) }]),
  );
}

function contentOf(resource: Resource): string {
  const { text, ...content } = { text: undefined, ...resource };
  return JSON.stringify(content);
}

/** A copy without the member, in every entry of the lists on the way. */
function withoutMember(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutMember(one, [name, ...rest]));
  const { [name]: inner, ...others } = value as Values;
  if (rest.length === 0 || inner === undefined) return others;
  return { ...others, [name]: withoutMember(inner, rest) };
}

/** The codes of a resource as people look them up: ours bare, others with their system. */
function codesOf(resource: Resource): string[] {
  const { code } = resource as { code?: CodeableConcept };
  return (code?.coding ?? []).flatMap(({ system, code: value }) => {
    if (value === undefined) return [];
    if (system === IMS_SYSTEM) return [value];
    const name = SYSTEMS[system ?? ''];
    return name === undefined ? [] : [`${name} ${value}`];
  });
}

const SYSTEMS: Readonly<Record<string, string>> = {
  'http://snomed.info/sct': 'SNOMED CT',
  'http://loinc.org': 'LOINC',
};

function nameOf(canonical: string): string {
  return canonical.slice(canonical.lastIndexOf('/') + 1);
}

function setOf(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
