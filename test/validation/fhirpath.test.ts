// Each invariant as it is compiled here says the same as the FHIRPath engine, on what the mapping
// writes, on good samples, and on copies of both from which members were taken away.
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CompiledRule,
  createDefinitionIndex,
  suffixOf,
} from '../../src/validation/compile/definition-index.ts';
import type { ElementRule, Rule } from '../../src/validation/compile/definitions.ts';
import { TypedNode } from '../../src/validation/fhirpath/nodes.ts';
import { isObject, type Json, type JsonObject } from '../../src/validation/json.ts';
import { readArtefacts } from '../profiles/artefacts.ts';
import { mappedResources } from '../profiles/mapped.ts';
import { definitions } from './definitions.ts';
import { samples } from './samples.ts';

/** An element that a rule is asked about. */
interface Asked {
  readonly node: Json;
  /** Element path, which tells the engine the types. */
  readonly path: string;
  readonly resource: JsonObject;
}

/** What the engine does not know, and what asks for another resource. */
const NOT_ASKED = ['htmlChecks', 'resolve()', '%context'];
/** Their patterns have escapes that the engine's kind of regular expression refuses. */
const ENGINE_FAILS = ['eld-19', 'eld-20'];
const PER_RULE = 30;

const library = createDefinitionIndex(definitions);
const asked = new Map<Rule, { test: CompiledRule['test']; elements: Asked[] }>();

beforeAll(() => {
  const mapped = mappedResources().filter((_one, index) => index % 40 === 0);
  const all = [...Object.values(samples), ...artefacts(), ...mapped].map(
    (one) => JSON.parse(JSON.stringify(one)) as JsonObject,
  );
  for (const resource of all) {
    for (const one of [resource, ...shortened(resource)]) collectResource(one);
  }
});

/** The smallest of our own definitions of each type. */
function artefacts(): object[] {
  const smallest = new Map<string, string>();
  for (const one of readArtefacts().values()) {
    const text = JSON.stringify(one);
    const known = smallest.get(one.resourceType);
    if (known === undefined || text.length < known.length) smallest.set(one.resourceType, text);
  }
  return [...smallest.values()]
    .filter((text) => text.length < 20_000)
    .map((text) => JSON.parse(text));
}

/** Copies of which each lacks one member, of the resource or of an object in it. */
function shortened(resource: JsonObject): JsonObject[] {
  const found: JsonObject[] = [];
  const walk = (at: Json, rebuild: (changed: Json) => JsonObject, depth: number): void => {
    if (depth > 3) return;
    if (Array.isArray(at)) {
      for (const [index, one] of (at as readonly Json[]).entries()) {
        if (index > 1) return;
        walk(one, (changed) => rebuild((at as readonly Json[]).with(index, changed)), depth + 1);
      }
    } else if (isObject(at)) {
      for (const name of Object.keys(at)) {
        const { [name]: child, ...rest } = at;
        if (name === 'resourceType') continue;
        found.push(rebuild(rest));
        walk(child ?? null, (changed) => rebuild({ ...at, [name]: changed }), depth + 1);
      }
    }
  };
  walk(resource, (changed) => changed as JsonObject, 0);
  return found.filter((_one, index) => index % 3 === 0);
}

function collectResource(resource: JsonObject): void {
  const type = String(resource.resourceType);
  const structures = [library.type(type), ...profilesOf(resource)];
  for (const structure of structures) {
    if (structure !== undefined) collect(resource, structure.root, { path: type, resource });
  }
}

function profilesOf({ meta }: JsonObject) {
  const profiles = isObject(meta) && Array.isArray(meta.profile) ? meta.profile : [];
  return profiles.map((profile) => library.structure(String(profile)));
}

function collect(node: Json, element: ElementRule, at: Omit<Asked, 'node'>): void {
  const type = element.types?.length === 1 ? library.type(element.types[0]?.code ?? '') : undefined;
  const keys = new Set([...(element.rules ?? []), ...(type?.root.rules ?? [])]);
  for (const { rule, test } of library.rules([...keys])) {
    const entry = asked.get(rule) ?? { test, elements: [] };
    asked.set(rule, entry);
    if (entry.elements.length < PER_RULE) entry.elements.push({ node, ...at });
  }
  if (!isObject(node)) return;
  for (const child of [...(element.children ?? []), ...(type?.root.children ?? [])]) {
    for (const [name, inner, path] of membersOf(child, at.path)) {
      const value = Object.hasOwn(node, name) ? (node[name] as Json) : null;
      for (const one of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
        if (one !== null) collect(one, inner, { ...at, path });
      }
    }
  }
}

/** The names an element may have in JSON, with its definition and the path the engine knows it by. */
function membersOf(child: ElementRule, path: string): [string, ElementRule, string][] {
  if (!child.name.endsWith('[x]')) return [[child.name, child, `${path}.${child.name}`]];
  return (child.types ?? []).map((type) => [
    child.name.replace('[x]', suffixOf(type.code)),
    { ...child, types: [type] },
    type.code,
  ]);
}

function truthOf(items: readonly unknown[]): boolean {
  const [first] = items;
  return items.length === 1 && typeof first === 'boolean' ? first : items.length > 0;
}

const engines = new Map<string, (data: unknown, variables: object) => unknown[]>();

function engineSays({ fhirpath: expression }: Rule, { node, path, resource }: Asked): boolean {
  const key = `${path} ${expression}`;
  const known = engines.get(key);
  const evaluate =
    known ??
    (fhirpath.compile({ base: path, expression }, r4, { traceFn: () => {} }) as (
      data: unknown,
      variables: object,
    ) => unknown[]);
  engines.set(key, evaluate);
  return truthOf(evaluate(node, { resource, rootResource: resource }));
}

function weSay(test: CompiledRule['test'], { node, resource }: Asked): boolean {
  const item = isObject(node) ? node : new TypedNode(node, undefined, undefined);
  return test(item, { resource, root: resource, context: item }) === true;
}

describe('invariants as functions', () => {
  it('say what the FHIRPath engine says', () => {
    const differing: string[] = [];
    for (const [rule, { test, elements }] of asked) {
      if (NOT_ASKED.some((part) => rule.fhirpath.includes(part))) continue;
      if (ENGINE_FAILS.includes(rule.key)) continue;
      for (const element of elements) {
        const ours = weSay(test, element);
        if (ours !== engineSays(rule, element)) differing.push(`${rule.key} at ${element.path}`);
      }
    }
    expect([...new Set(differing)]).toEqual([]);
  });

  it('have been asked, and have been broken', () => {
    const verdicts = [...asked].map(([rule, { test, elements }]) => ({
      key: rule.key,
      broken: elements.filter((element) => !weSay(test, element)).length,
    }));
    expect(verdicts.length).toBeGreaterThan(150);
    expect(verdicts.filter(({ broken }) => broken > 0).length).toBeGreaterThan(30);
  });

  it('can all be compiled', () => {
    for (const name of Object.keys(definitions.rules)) {
      expect(() => library.rules([name])).not.toThrow();
    }
  });
});
