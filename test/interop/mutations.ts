// Resources that violate one rule each, derived from valid resources and the definitions of their elements, for
// every kind of rule and every profile. Deterministic.
import type { Resource, StructureDefinition } from '@medplum/fhirtypes';
import { BREAKERS } from '../profiles/breakers.ts';
import { mappedResources } from '../profiles/mapped.ts';
import { type Element, elementsOf, type Loose, profiles } from './elements.ts';

/** A resource that violates one rule. */
export interface Mutation {
  readonly id: string;
  readonly kind: string;
  /** The element that was changed. */
  readonly path: string;
  readonly resource: unknown;
}

/** Mutations of each kind for each profile, on elements that are far apart. */
const PER_KIND = 2;

/** Changes one element in place; false if the change does not apply to it. */
type Change = (parent: Loose, key: string | number, element: Element) => boolean;

const PRIMITIVE = /^[a-z]/;
const isPrimitive = ({ type }: Element) => PRIMITIVE.test(type) && type !== 'xhtml';
const isObject = ({ value }: Element) => typeof value === 'object' && value !== null;
const isRepeated = ({ steps }: Element) => typeof steps.at(-1) === 'number';

/** Replaces an element of one of `types` by `value`. */
function replaced(types: readonly string[], value: unknown): Change {
  return (parent, key, { type }) => {
    if (!types.includes(type)) return false;
    parent[key] = value;
    return true;
  };
}

const TEXTS = ['string', 'code', 'uri', 'canonical', 'id', 'markdown', 'date', 'dateTime'];

const CHANGES: Readonly<Record<string, Change>> = {
  'required element missing': (parent, key, { definition, steps }) => {
    if ((definition.min ?? 0) < 1 || definition.path?.includes('.') !== true) return false;
    if (typeof steps.at(-1) === 'number') return false;
    delete parent[key];
    return true;
  },
  'required entry missing': (parent, key, { definition }) => {
    const entries = parent as unknown as unknown[];
    if (typeof key !== 'number' || !Array.isArray(entries)) return false;
    if ((definition.min ?? 0) < 1 && definition.slicing === undefined) return false;
    entries.splice(key, 1);
    return true;
  },
  'unknown element': (_parent, _key, element) => {
    if (!isObject(element) || isPrimitive(element)) return false;
    (element.value as Loose).notAnElement = 'x';
    return true;
  },
  'text as number': replaced(TEXTS, 12),
  'text as object': replaced(TEXTS, { text: 'x' }),
  'number as text': replaced(['integer', 'positiveInt', 'unsignedInt', 'decimal'], 'x'),
  'boolean as text': replaced(['boolean'], 'yes'),
  'object as text': (parent, key, element) => {
    if (!isObject(element) || isPrimitive(element)) return false;
    parent[key] = 'x';
    return true;
  },
  'list instead of a single element': (parent, key, element) => {
    if (isRepeated(element) || element.definition.max !== '1') return false;
    parent[key] = [element.value];
    return true;
  },
  'more entries than allowed': (parent, _key, { definition, value, steps }) => {
    const entries = parent as unknown as unknown[];
    if (typeof steps.at(-1) !== 'number' || !Array.isArray(entries)) return false;
    if (definition.max !== '1') return false;
    entries.push(value);
    return true;
  },
  'code outside a required value set': (parent, key, { definition, type }) => {
    if (definition.binding?.strength !== 'required' || type !== 'code') return false;
    parent[key] = 'not-a-code';
    return true;
  },
  'code that its system does not define': (parent, key, { elementPath, type, value }) => {
    const { system } = parent;
    if (!elementPath.endsWith('.code') || type !== 'code' || typeof value !== 'string')
      return false;
    if (typeof system !== 'string' || !/ims-fhir|terminology\.hl7/.test(system)) return false;
    parent[key] = 'not-a-code';
    return true;
  },
  'date that does not exist': replaced(['date', 'dateTime'], '2026-02-30'),
  'date in a wrong format': replaced(['date', 'dateTime'], '03/02/2026'),
  'instant without a time': replaced(['instant'], '2026-03-02'),
  'uri with a space': replaced(['uri', 'canonical', 'url'], 'https://clinic.example/a b'),
  'id with a blank': replaced(['id'], 'a b'),
  'invalid base64': replaced(['base64Binary'], '%%%'),
  'number below its range': replaced(['positiveInt', 'unsignedInt'], -1),
  'empty text': replaced(TEXTS, ''),
  'empty object': (parent, key, element) => {
    if (!isObject(element) || isPrimitive(element)) return false;
    parent[key] = {};
    return true;
  },
  'empty list': (parent, key) => {
    if (typeof key !== 'number' || !Array.isArray(parent)) return false;
    parent.length = 0;
    return true;
  },
  'null instead of a value': (parent, key, element) => {
    if (isRepeated(element)) return false;
    parent[key] = null;
    return true;
  },
  'fixed or pattern changed': (parent, key, { definition, value }) => {
    const isFixed = Object.keys(definition).some((name) => /^(fixed|pattern)[A-Z]/.test(name));
    if (!isFixed || typeof value !== 'string') return false;
    parent[key] = `${value}-other`;
    return true;
  },
  'unknown extension': (_parent, _key, element) => {
    if (!isObject(element) || isPrimitive(element)) return false;
    if (element.type === 'Extension') return false;
    const { extension = [] } = element.value as { extension?: unknown[] };
    const unknown = { url: 'https://unknown.example/extension', valueString: 'x' };
    (element.value as Loose).extension = [...extension, unknown];
    return true;
  },
  'extension with a wrong url': (parent, key, { elementPath, value }) => {
    if (!elementPath.endsWith('extension.url') || typeof value !== 'string') return false;
    parent[key] = value.startsWith('http') ? `${value}-other` : 'notAPart';
    return true;
  },
  'extension with a wrong type of value': (_parent, _key, { type, value }) => {
    const extension = value as Loose;
    if (type !== 'Extension') return false;
    const name = Object.keys(extension).find((one) => one.startsWith('value'));
    if (name === undefined || name === 'valueBoolean') return false;
    delete extension[name];
    extension.valueBoolean = true;
    return true;
  },
  'extension without a value': (_parent, _key, { type, value }) => {
    const extension = value as Loose;
    const name = Object.keys(extension).find((one) => one.startsWith('value'));
    if (type !== 'Extension' || name === undefined) return false;
    delete extension[name];
    return true;
  },
  'two types of a choice': (parent, key, { definition }) => {
    const path = definition.path ?? '';
    if (!path.endsWith('[x]') || typeof key !== 'string') return false;
    const base = path.slice(path.lastIndexOf('.') + 1, -3);
    const other = (definition.type ?? []).find(
      ({ code }) => code === 'string' || code === 'boolean' || code === 'dateTime',
    )?.code;
    const name = `${base}${other?.[0]?.toUpperCase()}${other?.slice(1)}`;
    if (other === undefined || name in parent) return false;
    parent[name] = other === 'boolean' ? true : other === 'string' ? 'x' : '2026-03-02';
    return true;
  },
  'choice of a type that is not allowed': (parent, key, { definition }) => {
    const path = definition.path ?? '';
    if (!path.endsWith('[x]') || typeof key !== 'string') return false;
    const base = path.slice(path.lastIndexOf('.') + 1, -3);
    delete parent[key];
    parent[`${base}Money`] = { value: 1, currency: 'CAD' };
    return !(definition.type ?? []).some(({ code }) => code === 'Money');
  },
  'reference to a type that is not allowed': (_parent, _key, { type, value, definition }) => {
    const targets = (definition.type ?? []).flatMap(({ targetProfile }) => targetProfile ?? []);
    const isOpen = targets.length === 0 || targets.some((one) => one.endsWith('/Resource'));
    if (type !== 'Reference' || isOpen || targets.some((one) => one.endsWith('/Substance'))) {
      return false;
    }
    Object.assign(value as Loose, { reference: 'Substance/s-1', type: 'Substance' });
    return true;
  },
  'invalid reference': (_parent, _key, { type, value }) => {
    if (type !== 'Reference') return false;
    Object.assign(value as Loose, { reference: 'not a reference' });
    return true;
  },
  'script in a narrative': (parent, key, { elementPath, value }) => {
    if (!elementPath.endsWith('.text.div')) return false;
    parent[key] = String(value).replace(/<\/div>$/, '<script>alert(1)</script></div>');
    return true;
  },
  'narrative without content': (parent, key, { elementPath }) => {
    if (!elementPath.endsWith('.text.div')) return false;
    parent[key] = '<div xmlns="http://www.w3.org/1999/xhtml"> </div>';
    return true;
  },
  'narrative with an unclosed tag': (parent, key, { elementPath }) => {
    if (!elementPath.endsWith('.text.div')) return false;
    parent[key] = '<div xmlns="http://www.w3.org/1999/xhtml"><p>open</div>';
    return true;
  },
  'answer to an unknown question': (parent, key, { elementPath }) => {
    if (!/\.item\.linkId$/.test(elementPath)) return false;
    parent[key] = 'not-a-question';
    return true;
  },
  'answer of a wrong type': (_parent, _key, { elementPath, value }) => {
    if (!/\.item\.answer$/.test(elementPath)) return false;
    const answer = value as Loose;
    for (const name of Object.keys(answer)) if (name.startsWith('value')) delete answer[name];
    answer.valueBoolean = true;
    return true;
  },
  'answer outside the options': (_parent, _key, { elementPath, value }) => {
    const answer = value as { valueCoding?: Loose };
    if (!/\.item\.answer$/.test(elementPath) || answer.valueCoding === undefined) return false;
    answer.valueCoding = { ...answer.valueCoding, code: 'muscle', display: 'Muscle' };
    return true;
  },
  'several answers instead of one': (_parent, _key, { elementPath, value }) => {
    const item = value as { linkId?: string; answer?: unknown[] };
    if (!/\.item$/.test(elementPath) || item.answer?.length !== 1) return false;
    if (!/\.(answer|key|grade|side)$/.test(item.linkId ?? '')) return false;
    item.answer = [item.answer[0], item.answer[0]];
    return true;
  },
  'required answer missing': (parent, key, { elementPath, value }) => {
    const entries = parent as unknown as unknown[];
    const { linkId } = value as { linkId?: string };
    if (!/\.item$/.test(elementPath) || !linkId?.endsWith('.key')) return false;
    entries.splice(Number(key), 1);
    return true;
  },
};

/** All mutations, in the order of profiles and kinds. */
export function mutations(): Mutation[] {
  const pool = mappedResources();
  return [...profiles.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([url, structure]) => {
      const samples = pool.filter((one) => one.meta?.profile?.includes(url) === true);
      return [...ofElements(structure, samples), ...ofRules(structure, samples)];
    });
}

/** Mutations of elements of the largest of the first samples, which has most elements. */
function ofElements(structure: StructureDefinition, samples: readonly Resource[]): Mutation[] {
  const sizes = samples.slice(0, 60).map((one) => ({ one, size: JSON.stringify(one).length }));
  const [largest] = sizes.filter(({ size }) => size < 20_000).sort((a, b) => b.size - a.size);
  if (largest === undefined) return [];
  const sample = largest.one;
  // HAPI reads meta before validation and fails if it is invalid.
  const elements = firstOfEach(elementsOf(sample, structure)).filter(
    ({ elementPath }) => !/^\w+\.meta(\.profile)?$/.test(elementPath),
  );
  return Object.entries(CHANGES).flatMap(([kind, change]) =>
    ofKind({ kind, change }, { sample, elements }, structure),
  );
}

/** The first three elements of each path: the others are similar. */
function firstOfEach(elements: readonly Element[]): Element[] {
  const seen = new Map<string, number>();
  return elements.filter(({ elementPath }) => {
    const count = (seen.get(elementPath) ?? 0) + 1;
    seen.set(elementPath, count);
    return count <= 3;
  });
}

function ofKind(
  { kind, change }: { kind: string; change: Change },
  { sample, elements }: { sample: Resource; elements: readonly Element[] },
  structure: StructureDefinition,
): Mutation[] {
  const mutated = new Map<string, Mutation>();
  for (const element of elements) {
    const { elementPath, path, steps } = element;
    if (mutated.has(elementPath)) continue;
    const resource = structuredClone(sample);
    const at = (all: Element['steps']) =>
      all.reduce<unknown>((found, step) => (found as Loose)[step], resource);
    const parent = at(steps.slice(0, -1)) as Loose;
    if (!change(parent, steps.at(-1) ?? '', { ...element, value: at(steps) })) continue;
    mutated.set(elementPath, { id: `${structure.name}: ${kind}: ${path}`, kind, path, resource });
  }
  const all = [...mutated.values()];
  // Far apart, because the first elements are the same in all resources.
  return all.filter((_one, at) => at % Math.ceil(all.length / PER_KIND) === 0).slice(0, PER_KIND);
}

/** The example that violates each rule of the profile. */
function ofRules({ url = '', name, type }: StructureDefinition, samples: readonly Resource[]) {
  return Object.entries(BREAKERS).flatMap(([rule, { profile, applies, broken }]): Mutation[] => {
    const sample = url.endsWith(`/${profile}`) ? samples.find(applies) : undefined;
    if (sample === undefined) return [];
    const id = `${name}: rule ${rule}`;
    return [{ id, kind: 'rule', path: type ?? '', resource: broken(structuredClone(sample)) }];
  });
}
