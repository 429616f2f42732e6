// Reduces the tree of a profile to its differential: what it adds to R4's own definition of the type.
import { defined } from '../../src/defined.ts';
import type { ElementRule, Slice, Slicing } from '../../src/validation/compile/definitions.ts';

interface DifferentialContext {
  /** The same element in R4's own definition. */
  readonly base: ElementRule | undefined;
  readonly typeOf: (code: string) => ElementRule | undefined;
  /** Keys of invariants that are already checked for the element. */
  readonly checkedRules: readonly string[];
}

/** What `element` adds to its base; undefined when it adds nothing. */
export function differentialOf(
  element: ElementRule,
  { base, typeOf, checkedRules }: DifferentialContext,
): ElementRule | undefined {
  const types = isEqual(element.types, base?.types) ? undefined : element.types;
  const onlyType = element.types?.length === 1 ? element.types[0]?.code : undefined;
  const type = onlyType === undefined ? undefined : typeOf(onlyType);
  const checked = [...checkedRules, ...(base?.rules ?? []), ...(type?.rules ?? [])];
  const rules = element.rules?.filter((key) => !checked.includes(key));
  const children = element.children
    ?.map((child) => {
      const childBase = childOf(child.name, base, type, typeOf);
      return differentialOf(child, { base: childBase, typeOf, checkedRules: [] });
    })
    .filter((child) => child !== undefined);
  const slices = element.slices?.map(({ slice, ...content }): Slice => {
    const sliceContext = { base, typeOf, checkedRules: [...checked, ...(rules ?? [])] };
    const { name, min, max } = content;
    // A slice has its own cardinality, also when it equals that of the element.
    return { slice, name, ...differentialOf(content, sliceContext), ...defined({ min, max }) };
  });
  const differential: ElementRule = {
    name: element.name,
    ...pickDifferent(element, base, ['min', 'max', 'fixed', 'pattern', 'binding', 'maxLength']),
    ...defined({ types }),
    ...(rules?.length ? { rules } : {}),
    ...(slices?.length ? { slices, slicing: slicingOf(element) } : {}),
    ...(children?.length ? { children } : {}),
  };
  if (Object.keys(differential).length === 1) return undefined;
  return { ...differential, ...(element.list ? { list: true } : {}) };
}

/** Extensions are sliced by url even if a profile does not declare it. */
function slicingOf({ name, slicing }: ElementRule): Slicing {
  if (slicing !== undefined) return slicing;
  if (/^(modifierE|e)xtension$/.test(name)) return { by: [{ type: 'value', path: 'url' }] };
  throw new Error(`${name} has slices without slicing.`);
}

function childOf(
  name: string,
  base: ElementRule | undefined,
  type: ElementRule | undefined,
  typeOf: (code: string) => ElementRule | undefined,
): ElementRule | undefined {
  const [typeName = '', ...steps] = (base?.sameAs ?? '').split('.');
  const same = steps.reduce(
    (parent, step) => parent?.children?.find((child) => child.name === step),
    base?.sameAs === undefined ? undefined : typeOf(typeName),
  );
  return [base, same, type]
    .flatMap((parent) => parent?.children ?? [])
    .find((child) => child.name === name);
}

function pickDifferent<K extends keyof ElementRule>(
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
