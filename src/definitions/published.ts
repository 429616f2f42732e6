// Reads the published profiles, Questionnaires, value sets and concept maps from disk, and creates a
// validator with them.
import { readdirSync, readFileSync } from 'node:fs';
import type { Resource } from '@medplum/fhirtypes';
import { AdapterError } from '../errors.ts';
import type { ValidationDefinitions } from '../validation/compile/definitions.ts';
import { type Validator, validatorOf } from '../validation/validator.ts';

/** A resource with a canonical URL. */
export type Definition = Resource & { id: string; url?: string; version?: string; date?: string };

/** Criteria of a search; undefined criteria match every definition. */
export interface DefinitionQuery {
  readonly id?: string | undefined;
  /** Canonical URL, with or without `|version`. */
  readonly url?: string | undefined;
  readonly version?: string | undefined;
}

/** The published definitions. */
export interface Definitions {
  /** Resource types with at least one definition, sorted. */
  readonly types: readonly string[];
  /** The matching definitions of `type`, ordered by id. */
  search(type: string, query?: DefinitionQuery): readonly Definition[];
  read(type: string, id: string): Definition | undefined;
}

// The package root is two levels up, both from src/ and from dist/.
const FOLDER = new URL('../../profiles/fsh-generated/resources/', import.meta.url);

/** Loads the definitions. Throws AdapterError `internal` when the files are missing. */
export function loadDefinitions(folder: URL = FOLDER): Definitions {
  const byType = new Map<string, Definition[]>();
  for (const definition of readAll(folder)) {
    const previous = byType.get(definition.resourceType) ?? [];
    byType.set(definition.resourceType, [...previous, definition]);
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
    throw new AdapterError('internal', 'The published profiles could not be read.', { cause });
  }
}

function matches(definition: Definition, { id, url, version }: DefinitionQuery): boolean {
  const [canonical, requiredVersion = version] = url?.split('|') ?? [];
  return (
    (id === undefined || definition.id === id) &&
    (canonical === undefined || definition.url === canonical) &&
    (requiredVersion === undefined || definition.version === requiredVersion)
  );
}

const VALIDATION_FILE = new URL(
  '../../profiles/fsh-generated/validation/validation.json',
  import.meta.url,
);

/**
 * Creates a validator for R4 and the published profiles. The first call of `validate` reads the
 * definitions, and throws AdapterError `internal` when the file is missing.
 */
export function createValidator(): Validator {
  let validator: Validator | undefined;
  return {
    validate(resource, options) {
      validator ??= validatorOf(readValidation());
      return validator.validate(resource, options);
    },
  };
}

function readValidation(): ValidationDefinitions {
  try {
    return JSON.parse(readFileSync(VALIDATION_FILE, 'utf8')) as ValidationDefinitions;
  } catch (cause) {
    throw new AdapterError('internal', 'The validation definitions could not be read.', {
      cause,
    });
  }
}
