import { CORE, type CompiledRule, type DefinitionIndex } from '../compile/definition-index.ts';
import type { Forms } from '../compile/form-plans.ts';
import type { ProfilePlans } from '../compile/profile-plans.ts';
import type { TypePlans } from '../compile/type-plans.ts';
import type { Scope } from '../fhirpath/language.ts';
import { TypedNode } from '../fhirpath/nodes.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Checking } from './bindings.ts';
import type { Report } from './report.ts';
import type { ValidatedCache } from './validated-cache.ts';

/** Everything that one validation works with. */
export interface ValidationContext {
  readonly library: DefinitionIndex;
  readonly types: TypePlans;
  readonly profiles: ProfilePlans;
  readonly report: Report;
  /** What bindings are checked with. */
  readonly checking: Checking;
  /** What invariants may refer to; changes with the resource that is walked. */
  scope: { -readonly [K in keyof Scope]: Scope[K] };
  readonly forms: Forms;
  /** Types of the entries of the bundle around, by fullUrl and by `Type/id`; undefined outside one. */
  entries: ReadonlyMap<string, string> | undefined;
  /** What needs no second look. */
  clean: ValidatedCache;
  /** Whether the resource that is walked contains others, so that references may lead into it. */
  hasContained: boolean;
}

/** A scope for a resource that stands for itself. */
export function scopeOf(
  resource: JsonObject,
  root: JsonObject = resource,
): ValidationContext['scope'] {
  return { resource, root, context: resource };
}

/** What is known of a value beside it; where it is one of a choice, or a primitive. */
export interface PrimitiveContext {
  /** Id and extensions of a primitive. */
  readonly element?: Json | undefined;
  readonly type?: string | undefined;
  /** Canonical of the profile that asks. */
  readonly source?: string;
}

/** Asks rules about an element. */
export function checkRules(
  rules: readonly CompiledRule[],
  value: Json | undefined,
  run: ValidationContext,
  { element, type, source }: PrimitiveContext = PLAIN,
): void {
  if (rules.length === 0) return;
  const item =
    value !== undefined && element === undefined && type === undefined
      ? value
      : new TypedNode(value, element, type);
  for (const { rule, test } of rules) {
    run.scope.context = item;
    if (test(item, run.scope) === true) continue;
    const { key, severity, human } = rule;
    // Profiles may share a rule: the one that asks it here is told.
    const from = rule.source.startsWith(CORE) ? rule.source : (source ?? rule.source);
    run.report.add({ kind: 'invariant', rule: key, severity, message: human, source: from });
  }
}

const PLAIN: PrimitiveContext = {};
