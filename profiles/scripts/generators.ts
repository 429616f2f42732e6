// The list of what is derived from TypeScript before SUSHI runs.
import { capabilities } from './capabilities.ts';
import { extensions } from './extensions.ts';
import { questionnaires } from './questionnaires.ts';
import { searchParameters } from './search-parameters.ts';
import { valueSets } from './valuesets.ts';

/** Where generated resources wait for SUSHI; they end up beside what it makes itself. */
export const RESOURCES = 'input/resources';
/** Generated FSH; committed, because it is read like what is written by hand. */
export const FSH = 'input/fsh/generated';

/** File name and what the file holds: a resource, or FSH as text. */
export type GeneratedFiles = ReadonlyMap<string, object | string>;

/** A step that derives files from the code; must give the same result every time. */
export interface Generator {
  readonly folder: typeof RESOURCES | typeof FSH;
  readonly generate: () => GeneratedFiles;
}

/** All generators. Their files are the whole content of their folders. */
export const GENERATORS: readonly Generator[] = [
  { folder: RESOURCES, generate: questionnaires },
  { folder: RESOURCES, generate: valueSets },
  { folder: RESOURCES, generate: searchParameters },
  { folder: RESOURCES, generate: capabilities },
  { folder: FSH, generate: extensions },
];
