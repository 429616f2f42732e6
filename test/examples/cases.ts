// The examples, found by walking the folder: a new case is a new folder, no code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { mapRecord } from '../../src/adapter.ts';
import { readRecordText } from '../../src/ims/read.ts';
import type { ImsRecord } from '../../src/ims/record.ts';

const EXAMPLES = new URL('../../examples/', import.meta.url);

/** One folder of `examples/`. */
export interface Case {
  readonly name: string;
  readonly text: string;
  /** Where the expected transaction stands. */
  readonly golden: URL;
}

/** Every folder that holds a record. */
export const cases: readonly Case[] = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, folder: new URL(`${name}/`, EXAMPLES) }))
  .filter(({ folder }) => existsSync(new URL('record.json', folder)))
  .map(({ name, folder }) => ({
    name,
    text: readFileSync(new URL('record.json', folder), 'utf8'),
    golden: new URL('bundle.json', folder),
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The record of a case; a case that cannot be read is a mistake of the case. */
export function recordOf({ name, text }: Case): ImsRecord {
  const read = readRecordText(text);
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.issues)}`);
  return read.record;
}

/** The mapped example whose folder begins with `prefix`. */
export function bundleOf(prefix: string): Bundle {
  const found = cases.find(({ name }) => name.startsWith(prefix));
  if (found === undefined) throw new Error(`no example ${prefix}`);
  return mapRecord(recordOf(found)).bundle;
}

/** The resources of one type, in the order they are written. */
export function resourcesOf<T extends Resource>(bundle: Bundle, type: T['resourceType']): T[] {
  return (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as T] : [],
  );
}

/** What a clinician reads: the lines of a narrative, headings included. */
export function linesOf(resource: Resource | undefined): string[] {
  const div = (resource as { text?: { div?: string } } | undefined)?.text?.div ?? '';
  return div
    .replace(/<\/p>|<br \/>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .filter((line) => line !== '');
}
