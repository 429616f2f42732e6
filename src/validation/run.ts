import type { Clean } from './clean.ts';
import type { Scope } from './fhirpath/language.ts';
import { TypedNode } from './fhirpath/nodes.ts';
import type { Json, JsonObject } from './json.ts';
import { CORE, type CompiledRule, type Library } from './library.ts';
import type { ProfilePlans } from './profile-plans.ts';
import type { Forms } from './questionnaires.ts';
import type { Report } from './report.ts';
import type { TypePlans } from './types.ts';

/** Everything that one validation works with. */
export interface Run {
  readonly library: Library;
  readonly types: TypePlans;
  readonly profiles: ProfilePlans;
  readonly report: Report;
  /** What invariants may refer to; changes with the resource that is walked. */
  scope: { -readonly [K in keyof Scope]: Scope[K] };
  readonly forms: Forms;
  /** Types of the entries of the bundle around, by fullUrl and by `Type/id`; undefined outside one. */
  entries: ReadonlyMap<string, string> | undefined;
  /** What needs no second look. */
  clean: Clean;
  /** Whether the resource that is walked contains others, so that references may lead into it. */
  hasContained: boolean;
}

/** A scope for a resource that stands for itself. */
export function scopeOf(resource: JsonObject, root: JsonObject = resource): Run['scope'] {
  return { resource, root, context: resource };
}

/** Asks rules about an element; `type` is told where it is a primitive or a choice. */
export function checkRules(
  rules: readonly CompiledRule[],
  value: Json | undefined,
  run: Run,
  more: {
    readonly element?: Json | undefined;
    readonly type?: string;
    readonly source?: string;
  } = {},
): void {
  if (rules.length === 0) return;
  const item =
    value !== undefined && more.element === undefined && more.type === undefined
      ? value
      : new TypedNode(value, more.element, more.type);
  for (const { rule, test } of rules) {
    run.scope.context = item;
    if (test(item, run.scope) === true) continue;
    const { key, severity, human } = rule;
    // Profiles may share a rule: the one that asks it here is told.
    const source = rule.source.startsWith(CORE) ? rule.source : (more.source ?? rule.source);
    run.report.add({ kind: 'invariant', rule: key, severity, message: human, source });
  }
}
