// Invariants that every resource or reference is asked, written out because they are the costly
// ones: R4's dom-3 walks the whole resource once for each contained one. A test holds each against
// the FHIRPath engine.

import { Contained } from './contained-index.ts';
import { type Scope, spend, type Test } from './fhirpath/language.ts';
import type { Item } from './fhirpath/nodes.ts';
import { bare } from './fhirpath/nodes.ts';
import { isObject, isSame, isValued, type Json, type JsonObject, objectsIn } from './json.ts';

const objectOf = (item: Item): JsonObject => {
  const value = bare(item);
  return isObject(value) ? value : {};
};

const containedOf = (item: Json): readonly JsonObject[] => {
  return isObject(item) ? objectsIn(item, 'contained') : [];
};

const lacksMeta = (...names: readonly string[]): Test => {
  return (item) =>
    containedOf(objectOf(item)).every((resource) => {
      const meta = resource.meta;
      return !isObject(meta) || names.every((name) => meta[name] === undefined);
    });
};

/** By key of the rule. */
export const NATIVE_RULES: Readonly<Record<string, Test>> = {
  'dom-2': (item) =>
    containedOf(objectOf(item)).every((resource) => resource.contained === undefined),
  'dom-3': (item) => orphansOf(objectOf(item)).length === 0,
  'dom-4': lacksMeta('versionId', 'lastUpdated'),
  'dom-5': lacksMeta('security'),
  'dom-6': (item, { resource, root }) => {
    // What is contained is told of in the narrative of what contains it.
    if (resource !== root) return true;
    const text = objectOf(item).text;
    return isObject(text) && text.div !== undefined;
  },
  'obs-7': (item, scope) => {
    const { resource } = scope;
    const observation = objectOf(item);
    if (!isValued(observation)) return true;
    const asked = codingsOf(isObject(resource) ? resource.code : undefined);
    for (const component of objectsIn(observation, 'component')) {
      if (sharesOne(codingsOf(component.code), asked, scope)) return false;
    }
    return true;
  },
  'ref-1': (item, scope) => {
    const reference = objectOf(item).reference;
    if (typeof reference !== 'string' || !reference.startsWith('#')) return true;
    if (reference === '#') return scope.root !== scope.resource;
    const { contained = new Contained(scope.root) } = scope;
    return contained.get(reference.slice(1)) !== undefined;
  },
};

function sharesOne(
  some: readonly JsonObject[],
  others: readonly JsonObject[],
  scope: Scope,
): boolean {
  spend(scope, some.length, others.length);
  for (const one of some) for (const other of others) if (isSame(one, other)) return true;
  return false;
}

function codingsOf(concept: Json | undefined): readonly JsonObject[] {
  return isObject(concept) ? objectsIn(concept, 'coding') : [];
}

/** Places of the contained resources that dom-3 refuses. */
export function orphansOf(resource: JsonObject): number[] {
  const contained = containedOf(resource);
  if (contained.length === 0) return [];
  const local = new Set<string>();
  collectLocal(resource, local);
  return contained.flatMap((one, index) =>
    local.has(`#${String(one.id)}`) || refersToRoot(one) ? [] : [index],
  );
}

function refersToRoot(resource: JsonObject): boolean {
  const local = new Set<string>();
  collectLocal(resource, local);
  return local.has('#');
}

/** Every string below that may refer to something inside the same resource. */
function collectLocal(value: Json | undefined, local: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) local.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value) as Json[]) collectLocal(child, local);
  }
}
