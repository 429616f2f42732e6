import { type CodeLibrary, createCodes } from './codes.ts';
import type { ElementRule, Rule, Structure, ValidationDefinitions } from './definitions.ts';
import { createCompiler } from './fhirpath/compile.ts';
import type { Choices, Compiler, Language, Test } from './fhirpath/language.ts';
import { NATIVE_RULES } from './native-rules.ts';

/** Base of the canonicals of R4's own definitions. */
export const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/** An invariant ready to be asked. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly test: Test;
}

/** Definitions, with what is compiled of them so far. */
export interface Library {
  readonly definitions: ValidationDefinitions;
  readonly codes: CodeLibrary;
  readonly compiler: Compiler;
  /** By canonical, with or without version. */
  structure(canonical: string): Structure | undefined;
  /** By type name, such as `Patient` or `Coding`. */
  type(name: string): Structure | undefined;
  /** The type that a choice has by how its member's name ends; undefined for no type. */
  typeBySuffix(suffix: string): string | undefined;
  /** The members that a choice may stand as; undefined for what is no choice. */
  choice(name: string): Choices | undefined;
  rules(keys: readonly string[] | undefined): readonly CompiledRule[];
}

/** A library over compiled definitions. Nothing is compiled before it is used. */
export function createLibrary(definitions: ValidationDefinitions): Library {
  const { structures } = definitions;
  const language = languageOf(definitions);
  const compiler = createCompiler(language);
  const compiled = new Map<string, CompiledRule>();
  const byUrl = new Map(Object.entries(structures));
  const structure = (canonical: string) => {
    // Versions come with data and are kept nowhere: there is no end of them.
    const [url = canonical, version] = canonical.includes('|') ? canonical.split('|') : [canonical];
    const found = byUrl.get(url);
    return version === undefined || found?.version === undefined || found.version === version
      ? found
      : undefined;
  };
  const ruleOf = (name: string): CompiledRule => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const rule = definitions.rules[name];
    if (rule === undefined) throw new Error(`The definitions lack the rule ${name}.`);
    const made = { rule, test: NATIVE_RULES[rule.key] ?? compiler.test(rule.expression) };
    compiled.set(name, made);
    return made;
  };
  return {
    definitions,
    codes: createCodes(definitions),
    compiler,
    structure,
    type: (name) => structure(CORE + name),
    choice: language.choice,
    typeBySuffix: (suffix) => language.types.get(suffix),
    rules: (keys = []) => keys.map(ruleOf),
  };
}

/** How the type of a choice is spelled at the end of a member's name: `dateTime` as `DateTime`. */
export function suffixOf(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}

function languageOf({ structures }: ValidationDefinitions): Language & { types: Suffixes } {
  const names = new Set<string>();
  const types = new Map<string, string>();
  const look = (element: ElementRule): void => {
    if (element.name.endsWith('[x]')) names.add(element.name.slice(0, -3));
    for (const child of element.children ?? []) look(child);
  };
  for (const { kind, type, root } of Object.values(structures)) {
    if (kind === 'profile') continue;
    if (kind !== 'resource') types.set(suffixOf(type), type);
    look(root);
  }
  const choices = new Map<string, Choices>();
  const choice = (name: string): Choices | undefined => {
    const known = choices.get(name);
    if (known !== undefined || !names.has(name)) return known;
    const made = choicesOf(name, types);
    choices.set(name, made);
    return made;
  };
  return { choice, types };
}

/** Type names by how they end the name of a choice: `Quantity`, `DateTime`. */
type Suffixes = ReadonlyMap<string, string>;

function choicesOf(name: string, types: Suffixes): Choices {
  return new Map(
    [...types].map(([suffix, type]) => {
      const key = name + suffix;
      return [key, { key, sibling: `_${key}`, type, step: `.${name}.ofType(${type})` }];
    }),
  );
}
