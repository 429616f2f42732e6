// Records kept with the bundles they become, found by walking a folder: a new case is a new folder,
// no code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readRecordText } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';

/** One folder with a record. */
export interface Case {
  readonly name: string;
  readonly text: string;
  /** Where the expected transaction stands. */
  readonly golden: URL;
}

/** Every folder within `parent` that holds a record, in the order of their names. */
export function casesIn(parent: URL): readonly Case[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: new URL(`${name}/`, parent) }))
    .filter(({ folder }) => existsSync(new URL('record.json', folder)))
    .map(({ name, folder }) => ({
      name,
      text: readFileSync(new URL('record.json', folder), 'utf8'),
      golden: new URL('bundle.json', folder),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The cases that stand beside this file: what the examples are too plain for. */
export const goldens = casesIn(new URL('./', import.meta.url));

/** The record of a case; a case that cannot be read is a mistake of the case. */
export function recordOf({ name, text }: Case): ImsRecord {
  const read = readRecordText(text);
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.issues)}`);
  return read.record;
}
