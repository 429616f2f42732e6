// A FHIR ConceptMap compiled for look-ups: which coding to write for a code.
import type { Coding, ConceptMap } from '@medplum/fhirtypes';

/** A target of a map that may be written. */
export interface Target {
  readonly source: string;
  /** True when the target means exactly what the source means. */
  readonly equivalent: boolean;
  readonly coding: Coding;
}

/**
 * Targets of one code, by the code that must accompany it for the target to apply (undefined: always). The
 * target is undefined where the map says that none fits.
 */
type Targets = ReadonlyMap<string | undefined, Target | undefined>;

/**
 * The equivalences whose target may be written. R4 defines them as "the target is … than the source":
 * a `narrower` target would claim more than the record does.
 */
const WRITABLE: ReadonlySet<string | undefined> = new Set([
  'equivalent',
  'equal',
  'wider',
  'inexact',
]);

/** The groups of a concept map with one target system. */
export class CompiledMap {
  readonly #bySource = new Map<string, Targets>();

  constructor(map: ConceptMap, system?: string) {
    for (const group of map.group ?? []) {
      if (system === undefined || group.target === system) {
        for (const element of group.element ?? []) {
          this.#bySource.set(element.code ?? '', compileElement(group, element));
        }
      }
    }
  }

  /**
   * The coding to write for `code`: the target for `dependsOn`, otherwise the target that always
   * applies. A map may also exclude every target for a certain `dependsOn`.
   */
  find(code: string, dependsOn?: string): Coding | undefined {
    const targets = this.#bySource.get(code);
    if (targets === undefined) {
      return undefined;
    }
    const key = dependsOn !== undefined && targets.has(dependsOn) ? dependsOn : undefined;
    return targets.get(key)?.coding;
  }

  /** Every target that may be written. */
  *targets(): Generator<Target> {
    for (const targets of this.#bySource.values()) {
      for (const target of targets.values()) {
        if (target !== undefined) {
          yield target;
        }
      }
    }
  }
}

type Group = NonNullable<ConceptMap['group']>[number];
type Element = NonNullable<Group['element']>[number];

function compileElement(group: Group, element: Element): Targets {
  const targets = new Map<string | undefined, Target | undefined>();
  for (const { code, display, equivalence, dependsOn: dependencies } of element.target ?? []) {
    const dependsOn = dependencies?.[0]?.value;
    if (equivalence === 'unmatched') {
      targets.set(dependsOn, undefined);
    } else if (WRITABLE.has(equivalence) && !targets.has(dependsOn)) {
      targets.set(dependsOn, {
        source: element.code ?? '',
        equivalent: equivalence === 'equivalent' || equivalence === 'equal',
        coding: Object.freeze({ system: group.target, code, display }) as Coding,
      });
    }
  }
  return targets;
}
