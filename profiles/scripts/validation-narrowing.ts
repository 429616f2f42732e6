// What a profile adds to R4's own definition: its tree without all that the base says already.
import type { ElementRule, Slice, Slicing } from '../../src/validation/compile/definitions.ts';

interface Narrowing {
  readonly base: ElementRule | undefined;
  readonly typeOf: (code: string) => ElementRule | undefined;
  /** Invariants that are checked for this element anyway. */
  readonly said: readonly string[];
}

/** What `element` adds to `base`; undefined when that is nothing. */
export function narrowed(
  element: ElementRule,
  { base, typeOf, said }: Narrowing,
): ElementRule | undefined {
  const types = isEqual(element.types, base?.types) ? undefined : element.types;
  const only = element.types?.length === 1 ? element.types[0]?.code : undefined;
  const type = only === undefined ? undefined : typeOf(only);
  const keys = [...said, ...(base?.rules ?? []), ...(type?.rules ?? [])];
  const rules = element.rules?.filter((key) => !keys.includes(key));
  const inner = (child: ElementRule) =>
    narrowed(child, { base: childOf(child.name, base, type, typeOf), typeOf, said: [] });
  const children = element.children?.map(inner).filter((child) => child !== undefined);
  const slices = element.slices?.map(({ slice, ...rest }): Slice => {
    const added = narrowed(rest, { base, typeOf, said: [...keys, ...(rules ?? [])] });
    const { name, min, max } = rest;
    return {
      slice,
      name,
      ...(added ?? {}),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    };
  });
  const added: ElementRule = {
    name: element.name,
    ...pick(element, base, ['min', 'max', 'fixed', 'pattern', 'binding', 'maxLength']),
    ...(types === undefined ? {} : { types }),
    ...(rules?.length ? { rules } : {}),
    ...(slices?.length ? { slices, slicing: slicingFor(element) } : {}),
    ...(children?.length ? { children } : {}),
  };
  if (Object.keys(added).length === 1) return undefined;
  return { ...added, ...(element.list ? { list: true } : {}) };
}

/** Extensions are sliced by url whether a profile says so or not. */
function slicingFor({ name, slicing }: ElementRule): Slicing {
  if (slicing !== undefined) return slicing;
  if (/^(modifierE|e)xtension$/.test(name)) return { by: [{ type: 'value', path: 'url' }] };
  throw new Error(`${name} has slices and no slicing.`);
}

function childOf(
  name: string,
  base: ElementRule | undefined,
  type: ElementRule | undefined,
  typeOf: (code: string) => ElementRule | undefined,
): ElementRule | undefined {
  const [start = '', ...steps] = (base?.sameAs ?? '').split('.');
  const same = steps.reduce(
    (at, step) => at?.children?.find((child) => child.name === step),
    base?.sameAs === undefined ? undefined : typeOf(start),
  );
  const places = [base, same, type];
  return places.flatMap((place) => place?.children ?? []).find((child) => child.name === name);
}

function pick<K extends keyof ElementRule>(
  element: ElementRule,
  base: ElementRule | undefined,
  names: readonly K[],
): Pick<ElementRule, K> {
  const entries = names.flatMap((name) =>
    element[name] === undefined || isEqual(element[name], base?.[name])
      ? []
      : [[name, element[name]]],
  );
  return Object.fromEntries(entries) as Pick<ElementRule, K>;
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
