// Finds what a row of the mapping table becomes in FHIR, in addition to the element it is read back from:
// maps a record with every member, with and without the row, and compares the resources.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CodeableConcept, Resource } from '@medplum/fhirtypes';
import { readRecordText } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { parseIdentifier } from '../../src/mapping/identity.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';
import { IMS_SYSTEM } from '../../src/terminology/codes.ts';

/** What one row becomes: resource types, their codes, and the profiles they claim. */
export interface Trace {
  readonly types: readonly string[];
  readonly codes: readonly string[];
  readonly profiles: readonly string[];
}

type Values = Record<string, unknown>;

const RECORD = resolve(import.meta.dirname, '../../test/golden/everything/record.json');

/** Finds the trace of a path of the record, such as `assessment.sites.tenderness`. */
export function createTracer(): (path: string) => Trace {
  const record = completeRecord();
  const complete = resourcesOf(record);
  return (path) => {
    const reduced = resourcesOf(withoutMember(record, path.split('.')) as unknown as ImsRecord);
    const affected = [...complete].flatMap(([value, { content, resource }]) =>
      reduced.get(value)?.content === content ? [] : [{ resource, isGone: !reduced.has(value) }],
    );
    const gone = affected.filter(({ isGone }) => isGone).map(({ resource }) => resource);
    return {
      types: sortedSet(affected.map(({ resource }) => resource.resourceType)),
      codes: sortedSet(gone.flatMap(codesOf)),
      profiles: sortedSet(
        affected.flatMap(({ resource }) => (resource.meta?.profile ?? []).map(nameOf)),
      ),
    };
  };
}

/** A record with every member. Screening items are answered "yes": only then they become Observations. */
function completeRecord(): ImsRecord {
  const read = readRecordText(readFileSync(RECORD, 'utf8'));
  if (!read.ok) throw new Error(`${RECORD} is not a valid record.`);
  const screening = Object.entries(read.record.screening ?? {}).map(([name, item]) =>
    typeof item === 'object' && 'answer' in item
      ? [name, { ...item, answer: 'yes' }]
      : [name, item],
  );
  return { ...read.record, screening: Object.fromEntries(screening) };
}

interface MappedResource {
  readonly resource: Resource;
  /** JSON without the narrative, which repeats other members. */
  readonly content: string;
}

/** The mapped resources by identifier, without the Provenance and the body chart: they repeat others. */
function resourcesOf(record: ImsRecord): ReadonlyMap<string, MappedResource> {
  const { resources } = toFhir(record, assess(record));
  return new Map(
    resources
      .filter(({ resource }) => resource.resourceType !== 'Provenance')
      .filter(({ value }) => parseIdentifier(value)?.part !== 'chart')
      .map(({ value, resource }) => [value, { resource, content: contentOf(resource) }]),
  );
}

function contentOf(resource: Resource): string {
  const { text, ...content } = { text: undefined, ...resource };
  return JSON.stringify(content);
}

/** A copy without the member at a path. On a list, the member is removed from every entry. */
function withoutMember(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => withoutMember(entry, [name, ...rest]));
  const { [name]: inner, ...others } = value as Values;
  if (rest.length === 0 || inner === undefined) return others;
  return { ...others, [name]: withoutMember(inner, rest) };
}

/** The codes of a resource: IMS codes alone, others with the name of their system. */
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

function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
