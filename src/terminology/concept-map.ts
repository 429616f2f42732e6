// One concept map, compiled for look-ups: which coding to send for a code.
import type { Coding, ConceptMap } from '@medplum/fhirtypes';

/** A target of a map that may be sent. */
export interface Target {
  readonly source: string;
  /** The code that has to stand beside the source for this target to hold; none = always. */
  readonly beside: string | undefined;
  readonly equivalent: boolean;
  readonly coding: Coding;
}

type Targets = ReadonlyMap<string | undefined, Target | undefined>;

/**
 * The equivalences whose target may be sent. R4 reads them as "the target is … than the source": a
 * `narrower` target would say more than the record does.
 */
const SENT: ReadonlySet<string | undefined> = new Set(['equivalent', 'equal', 'wider', 'inexact']);

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
   * The coding to send for `code`: the one meant for `beside`, else the one that always holds. A map
   * may also say that nothing fits beside a certain code.
   */
  find(code: string, beside?: string): Coding | undefined {
    const targets = this.#bySource.get(code);
    if (targets === undefined) {
      return undefined;
    }
    const key = beside !== undefined && targets.has(beside) ? beside : undefined;
    return targets.get(key)?.coding;
  }

  /** Every target that is ever sent. */
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
  for (const { code, display, equivalence, dependsOn } of element.target ?? []) {
    const beside = dependsOn?.[0]?.value;
    if (equivalence === 'unmatched') {
      targets.set(beside, undefined);
    } else if (SENT.has(equivalence) && !targets.has(beside)) {
      targets.set(beside, {
        source: element.code ?? '',
        beside,
        equivalent: equivalence === 'equivalent' || equivalence === 'equal',
        coding: Object.freeze({ system: group.target, code, display }) as Coding,
      });
    }
  }
  return targets;
}
