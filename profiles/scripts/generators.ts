// The generators: files that are derived from TypeScript before SUSHI runs.
import { capabilities } from './capabilities.ts';
import { extensions } from './extensions.ts';
import { questionnaires } from './questionnaire.ts';
import { searchParameters } from './search-parameters.ts';
import { valueSets } from './valuesets.ts';

/** Folder of the generated resources. SUSHI reads them, and they are published with its own. */
export const RESOURCES = 'input/resources';
/** Folder of the generated FSH. It is committed, so that it can be reviewed like other FSH. */
export const FSH = 'input/fsh/generated';

/** Content by file name: a resource, or FSH as text. */
export type GeneratedFiles = ReadonlyMap<string, object | string>;

/** Derives files from the code. Must return the same result every time. */
export interface Generator {
  readonly folder: typeof RESOURCES | typeof FSH;
  readonly generate: () => GeneratedFiles;
}

/** All generators. Their folders contain no other files. */
export const GENERATORS: readonly Generator[] = [
  { folder: RESOURCES, generate: questionnaires },
  { folder: RESOURCES, generate: valueSets },
  { folder: RESOURCES, generate: searchParameters },
  { folder: RESOURCES, generate: capabilities },
  { folder: FSH, generate: extensions },
];
