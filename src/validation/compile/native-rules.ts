// Invariants implemented in TypeScript because they are evaluated on every resource or reference and
// are expensive in FHIRPath: R4's dom-3 walks the whole resource once per contained resource. A test
// compares each with the FHIRPath engine.

import { ContainedIndex } from '../fhirpath/contained-index.ts';
import { type EvaluationContext, spend, type Test } from '../fhirpath/language.ts';
import { type Item, jsonOf } from '../fhirpath/nodes.ts';
import { hasValue, isEqualJson, isObject, type Json, type JsonObject, objectsIn } from '../json.ts';

const objectOf = (item: Item): JsonObject => {
  const value = jsonOf(item);
  return isObject(value) ? value : {};
};

const containedIn = (item: Json): readonly JsonObject[] => {
  return isObject(item) ? objectsIn(item, 'contained') : [];
};

const containedLackMeta = (...names: readonly string[]): Test => {
  return (item) =>
    containedIn(objectOf(item)).every((resource) => {
      const meta = resource.meta;
      return !isObject(meta) || names.every((name) => meta[name] === undefined);
    });
};

/** By key of the rule. */
export const NATIVE_RULES: Readonly<Record<string, Test>> = {
  'dom-2': (item) =>
    containedIn(objectOf(item)).every((resource) => resource.contained === undefined),
  'dom-3': (item) => unreferencedContained(objectOf(item)).length === 0,
  'dom-4': containedLackMeta('versionId', 'lastUpdated'),
  'dom-5': containedLackMeta('security'),
  'dom-6': (item, { resource, rootResource }) => {
    // The narrative of the resource around it covers a contained resource.
    if (resource !== rootResource) return true;
    const text = objectOf(item).text;
    return isObject(text) && text.div !== undefined;
  },
  'obs-7': (item, context) => {
    const { resource } = context;
    const observation = objectOf(item);
    if (!hasValue(observation)) return true;
    const codings = codingsOf(isObject(resource) ? resource.code : undefined);
    for (const component of objectsIn(observation, 'component')) {
      if (haveCommonCoding(codingsOf(component.code), codings, context)) return false;
    }
    return true;
  },
  'ref-1': (item, context) => {
    const reference = objectOf(item).reference;
    if (typeof reference !== 'string' || !reference.startsWith('#')) return true;
    if (reference === '#') return context.rootResource !== context.resource;
    const { contained = new ContainedIndex(context.rootResource) } = context;
    return contained.get(reference.slice(1)) !== undefined;
  },
};

function haveCommonCoding(
  first: readonly JsonObject[],
  second: readonly JsonObject[],
  context: EvaluationContext,
): boolean {
  spend(context, first.length, second.length);
  for (const a of first) for (const b of second) if (isEqualJson(a, b)) return true;
  return false;
}

function codingsOf(concept: Json | undefined): readonly JsonObject[] {
  return isObject(concept) ? objectsIn(concept, 'coding') : [];
}

/** Indices of the contained resources that violate dom-3: nothing refers to them, nor they to the root. */
export function unreferencedContained(resource: JsonObject): number[] {
  const contained = containedIn(resource);
  if (contained.length === 0) return [];
  const local = new Set<string>();
  collectLocalReferences(resource, local);
  return contained.flatMap((inner, index) =>
    local.has(`#${String(inner.id)}`) || refersToRoot(inner) ? [] : [index],
  );
}

function refersToRoot(resource: JsonObject): boolean {
  const local = new Set<string>();
  collectLocalReferences(resource, local);
  return local.has('#');
}

/** Collects every string that may refer to a part of the same resource. */
function collectLocalReferences(value: Json | undefined, local: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) local.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value) as Json[]) collectLocalReferences(child, local);
  }
}
