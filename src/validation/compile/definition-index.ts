// Finds definitions by canonical or type name, and compiles their invariants.
import { memoize } from '../../memoize.ts';
import { createCompiler } from '../fhirpath/compile.ts';
import type { ChoiceVariants, Language, Test } from '../fhirpath/language.ts';
import { type CodeIndex, createCodeIndex } from './codes.ts';
import type { ElementRule, Rule, Structure, ValidationDefinitions } from './definitions.ts';
import { NATIVE_RULES } from './native-rules.ts';

/** Base of the canonicals of R4's own definitions. */
export const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/** An invariant with its compiled expression. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly test: Test;
}

/** The definitions by name and canonical, with the parts that have been compiled so far. */
export interface DefinitionIndex {
  /** The definitions as they were loaded. */
  readonly raw: ValidationDefinitions;
  readonly codes: CodeIndex;
  /** By canonical, with or without version. */
  structure(canonical: string): Structure | undefined;
  /** By type name, such as `Patient` or `Coding`. */
  type(name: string): Structure | undefined;
  /** The type that a choice element in JSON ends with: `dateTime` for the `DateTime` of `valueDateTime`. */
  typeBySuffix(suffix: string): string | undefined;
  /** The members that a choice element may have in JSON; undefined for an element without a choice. */
  choiceVariants(name: string): ChoiceVariants | undefined;
  /** The compiled invariants with these keys. */
  rules(keys: readonly string[] | undefined): readonly CompiledRule[];
}

/** Indexes definitions. Nothing is compiled before its first use. */
export function createDefinitionIndex(raw: ValidationDefinitions): DefinitionIndex {
  const { structures } = raw;
  const language = languageOf(raw);
  const compiler = createCompiler(language);
  const byUrl = new Map(Object.entries(structures));
  const structure = (canonical: string): Structure | undefined => {
    // Not cached by canonical: versions come from the data, so that their number is unlimited.
    const [url = canonical, version] = canonical.includes('|') ? canonical.split('|') : [canonical];
    const definition = byUrl.get(url);
    const isVersion =
      version === undefined || definition?.version === undefined || definition.version === version;
    return isVersion ? definition : undefined;
  };
  const types = new Map<string, Structure>();
  const compiledRule = memoize((name: string): CompiledRule => {
    const rule = raw.rules[name];
    if (rule === undefined) throw new Error(`The definitions lack the rule ${name}.`);
    return { rule, test: NATIVE_RULES[rule.key] ?? compiler.test(rule.expression) };
  });
  return {
    raw,
    codes: createCodeIndex(raw),
    structure,
    type(name) {
      const cached = types.get(name);
      if (cached !== undefined) return cached;
      const definition = structure(CORE + name);
      if (definition !== undefined) types.set(name, definition);
      return definition;
    },
    choiceVariants: language.choiceVariants,
    typeBySuffix: (suffix) => language.types.get(suffix),
    rules: (keys = []) => keys.map(compiledRule),
  };
}

/** What a type adds to the name of a choice element in JSON: `DateTime` for `dateTime`. */
export function suffixOf(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}

function languageOf({ structures }: ValidationDefinitions): Language & { types: TypesBySuffix } {
  const choiceNames = new Set<string>();
  const types = new Map<string, string>();
  const collectChoices = (element: ElementRule): void => {
    if (element.name.endsWith('[x]')) choiceNames.add(element.name.slice(0, -3));
    for (const child of element.children ?? []) collectChoices(child);
  };
  for (const { kind, type, root } of Object.values(structures)) {
    if (kind === 'profile') continue;
    if (kind !== 'resource') types.set(suffixOf(type), type);
    collectChoices(root);
  }
  const variantsOf = memoize((name: string) => compileVariants(name, types));
  return {
    choiceVariants: (name) => (choiceNames.has(name) ? variantsOf(name) : undefined),
    types,
  };
}

/** Type names by what they add to the name of a choice element in JSON: `dateTime` by `DateTime`. */
type TypesBySuffix = ReadonlyMap<string, string>;

function compileVariants(name: string, types: TypesBySuffix): ChoiceVariants {
  return new Map(
    [...types].map(([suffix, type]) => {
      const key = name + suffix;
      return [key, { key, sibling: `_${key}`, type, step: `.${name}.ofType(${type})` }];
    }),
  );
}
