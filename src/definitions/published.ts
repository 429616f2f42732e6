// Layer 6: the project's own profiles, Questionnaires, value sets and maps, as they are published.
// Loaded from disk once; knows nothing of HTTP.
import { readdirSync, readFileSync } from 'node:fs';
import type { Resource } from '@medplum/fhirtypes';
import { AdapterError } from '../errors.ts';
import type { ValidationDefinitions } from '../validation/compile/definitions.ts';
import { type Validator, validatorOf } from '../validation/validator.ts';

/** A resource that others refer to by canonical URL. */
export type Definition = Resource & { id: string; url?: string; version?: string; date?: string };

/** What a search for definitions may ask; what is left out matches all. */
export interface DefinitionQuery {
  readonly id?: string | undefined;
  /** Canonical, with or without `|version`. */
  readonly url?: string | undefined;
  readonly version?: string | undefined;
}

/** The published definitions by type. */
export interface Definitions {
  /** Types of which there is at least one, sorted. */
  readonly types: readonly string[];
  /** Those of `type` that match, by id. */
  search(type: string, query?: DefinitionQuery): readonly Definition[];
  read(type: string, id: string): Definition | undefined;
}

// One level below the package's root, in src/ as in dist/.
const FOLDER = new URL('../../profiles/fsh-generated/resources/', import.meta.url);

/** Loads the definitions. Throws AdapterError `internal` when the package came without them. */
export function loadDefinitions(folder: URL = FOLDER): Definitions {
  const byType = new Map<string, Definition[]>();
  for (const definition of readAll(folder)) {
    const found = byType.get(definition.resourceType) ?? [];
    byType.set(definition.resourceType, [...found, definition]);
  }
  const search = (type: string, query: DefinitionQuery = {}) =>
    (byType.get(type) ?? []).filter((definition) => matches(definition, query));
  return {
    types: [...byType.keys()].sort(),
    search,
    read: (type, id) => search(type, { id }).at(0),
  };
}

function readAll(folder: URL): Definition[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Definition);
  } catch (cause) {
    throw new AdapterError('internal', 'The published profiles cannot be read.', { cause });
  }
}

function matches(definition: Definition, { id, url, version }: DefinitionQuery): boolean {
  const [canonical, wanted = version] = url === undefined ? [undefined, version] : url.split('|');
  return (
    (id === undefined || definition.id === id) &&
    (canonical === undefined || definition.url === canonical) &&
    (wanted === undefined || definition.version === wanted)
  );
}

const VALIDATION = new URL(
  '../../profiles/fsh-generated/validation/validation.json',
  import.meta.url,
);

/**
 * A validator over R4 and the published profiles. The definitions are read, and each type compiled,
 * when something is first validated. Throws AdapterError `internal` then, where the package came
 * without them.
 */
export function createValidator(file: URL = VALIDATION): Validator {
  let made: Validator | undefined;
  return {
    validate(resource, options) {
      made ??= validatorOf(readValidation(file));
      return made.validate(resource, options);
    },
  };
}

function readValidation(file: URL): ValidationDefinitions {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ValidationDefinitions;
  } catch (cause) {
    throw new AdapterError('internal', 'The definitions to validate with cannot be read.', {
      cause,
    });
  }
}
