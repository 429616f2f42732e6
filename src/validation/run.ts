import type { Clean } from './clean.ts';
import type { Checking } from './codes.ts';
import { Contained } from './contained-index.ts';
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
  /** What bindings are checked with. */
  readonly checking: Checking;
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
export function scopeOf(resource: JsonObject, spend: Scope['spend']): Run['scope'] {
  const contained = new Contained(resource);
  return { resource, root: resource, context: resource, contained, ...(spend ? { spend } : {}) };
}

/** A scope for a resource that the one of `around` contains. */
export function innerScopeOf(resource: JsonObject, around: Scope): Run['scope'] {
  return { ...around, resource, context: resource };
}

/** What is known of a value beside it; where it is one of a choice, or a primitive. */
export interface Beside {
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
  run: Run,
  { element, type, source }: Beside = PLAIN,
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

const PLAIN: Beside = {};
