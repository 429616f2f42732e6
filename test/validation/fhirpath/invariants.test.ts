// Compares each compiled invariant with the fhirpath package, on mapped resources, on valid samples,
// and on copies of both with a member removed.
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CompiledRule,
  createDefinitionIndex,
  suffixOf,
} from '../../../src/validation/compile/definition-index.ts';
import type { ElementRule, Rule } from '../../../src/validation/compile/definitions.ts';
import { TypedNode } from '../../../src/validation/fhirpath/nodes.ts';
import { isObject, type Json, type JsonObject } from '../../../src/validation/json.ts';
import { readArtefacts } from '../../profiles/artefacts.ts';
import { mappedResources } from '../../profiles/mapped.ts';
import { definitions } from '../definitions.ts';
import { samples } from '../samples.ts';

/** An element that a rule is evaluated on. */
interface Evaluation {
  readonly node: Json;
  /** Element path, from which the engine knows the types. */
  readonly path: string;
  readonly resource: JsonObject;
}

/** Functions and variables that the engine does not have, and those that load another resource. */
const NOT_COMPARED = ['htmlChecks', 'resolve()', '%context'];
/** Their patterns have escapes that the engine's regular expressions reject. */
const ENGINE_FAILS = ['eld-19', 'eld-20'];
const PER_RULE = 30;

const index = createDefinitionIndex(definitions);
const evaluations = new Map<Rule, { test: CompiledRule['test']; elements: Evaluation[] }>();

beforeAll(() => {
  const mapped = mappedResources().filter((_resource, position) => position % 40 === 0);
  const all = [...Object.values(samples), ...artefacts(), ...mapped].map(
    (resource) => JSON.parse(JSON.stringify(resource)) as JsonObject,
  );
  for (const resource of all) {
    for (const copy of [resource, ...withoutMembers(resource)]) collectResource(copy);
  }
});

/** The smallest published definition of each resource type. */
function artefacts(): object[] {
  const smallest = new Map<string, string>();
  for (const artefact of readArtefacts().values()) {
    const text = JSON.stringify(artefact);
    const current = smallest.get(artefact.resourceType);
    if (current === undefined || text.length < current.length) {
      smallest.set(artefact.resourceType, text);
    }
  }
  return [...smallest.values()]
    .filter((text) => text.length < 20_000)
    .map((text) => JSON.parse(text));
}

/** Copies that each lack one member, of the resource or of an object in it. */
function withoutMembers(resource: JsonObject): JsonObject[] {
  const copies: JsonObject[] = [];
  const visit = (value: Json, rebuild: (changed: Json) => JsonObject, depth: number): void => {
    if (depth > 3) return;
    if (Array.isArray(value)) {
      const list = value as readonly Json[];
      for (const [position, entry] of list.slice(0, 2).entries()) {
        visit(entry, (changed) => rebuild(list.with(position, changed)), depth + 1);
      }
    } else if (isObject(value)) {
      for (const name of Object.keys(value)) {
        const { [name]: child, ...rest } = value;
        if (name === 'resourceType') continue;
        copies.push(rebuild(rest));
        visit(child ?? null, (changed) => rebuild({ ...value, [name]: changed }), depth + 1);
      }
    }
  };
  visit(resource, (changed) => changed as JsonObject, 0);
  return copies.filter((_copy, position) => position % 3 === 0);
}

function collectResource(resource: JsonObject): void {
  const type = String(resource.resourceType);
  const structures = [index.type(type), ...profilesOf(resource)];
  for (const structure of structures) {
    if (structure !== undefined) collect(resource, structure.root, { path: type, resource });
  }
}

function profilesOf({ meta }: JsonObject) {
  const profiles = isObject(meta) && Array.isArray(meta.profile) ? meta.profile : [];
  return profiles.map((profile) => index.structure(String(profile)));
}

function collect(node: Json, element: ElementRule, at: Omit<Evaluation, 'node'>): void {
  const type = element.types?.length === 1 ? index.type(element.types[0]?.code ?? '') : undefined;
  const keys = new Set([...(element.rules ?? []), ...(type?.root.rules ?? [])]);
  for (const { rule, test } of index.rules([...keys])) {
    const evaluation = evaluations.get(rule) ?? { test, elements: [] };
    evaluations.set(rule, evaluation);
    if (evaluation.elements.length < PER_RULE) evaluation.elements.push({ node, ...at });
  }
  if (!isObject(node)) return;
  for (const child of [...(element.children ?? []), ...(type?.root.children ?? [])]) {
    for (const [name, inner, path] of membersOf(child, at.path)) {
      const value = Object.hasOwn(node, name) ? (node[name] as Json) : null;
      for (const entry of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
        if (entry !== null) collect(entry, inner, { ...at, path });
      }
    }
  }
}

/** The names that an element may have in JSON, each with its definition and its path in the engine. */
function membersOf(child: ElementRule, path: string): [string, ElementRule, string][] {
  if (!child.name.endsWith('[x]')) return [[child.name, child, `${path}.${child.name}`]];
  return (child.types ?? []).map((type) => [
    child.name.replace('[x]', suffixOf(type.code)),
    { ...child, types: [type] },
    type.code,
  ]);
}

function isTrue(items: readonly unknown[]): boolean {
  const [first] = items;
  return items.length === 1 && typeof first === 'boolean' ? first : items.length > 0;
}

const engines = new Map<string, (data: unknown, variables: object) => unknown[]>();

function engineResult(
  { fhirpath: expression }: Rule,
  { node, path, resource }: Evaluation,
): boolean {
  const key = `${path} ${expression}`;
  const evaluate =
    engines.get(key) ??
    (fhirpath.compile({ base: path, expression }, r4, { traceFn: () => {} }) as (
      data: unknown,
      variables: object,
    ) => unknown[]);
  engines.set(key, evaluate);
  return isTrue(evaluate(node, { resource, rootResource: resource }));
}

function ourResult(test: CompiledRule['test'], { node, resource }: Evaluation): boolean {
  const item = isObject(node) ? node : new TypedNode(node, undefined, undefined);
  return test(item, { resource, rootResource: resource, focus: item }) === true;
}

describe('compiled invariants', () => {
  it('return what the FHIRPath engine returns', () => {
    const differing: string[] = [];
    for (const [rule, { test, elements }] of evaluations) {
      if (NOT_COMPARED.some((part) => rule.fhirpath.includes(part))) continue;
      if (ENGINE_FAILS.includes(rule.key)) continue;
      for (const element of elements) {
        if (ourResult(test, element) === engineResult(rule, element)) continue;
        differing.push(`${rule.key} at ${element.path}`);
      }
    }
    expect([...new Set(differing)]).toEqual([]);
  });

  it('are evaluated on elements that satisfy and on elements that violate them', () => {
    const violated = [...evaluations.values()].filter(({ test, elements }) =>
      elements.some((element) => !ourResult(test, element)),
    );
    expect(evaluations.size).toBeGreaterThan(150);
    expect(violated.length).toBeGreaterThan(30);
  });

  it('can all be compiled', () => {
    for (const name of Object.keys(definitions.rules)) {
      expect(() => index.rules([name])).not.toThrow();
    }
  });
});
