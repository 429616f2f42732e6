// What all checks of one validation share, and how invariants are evaluated.
import { CORE, type CompiledRule, type DefinitionIndex } from '../compile/definition-index.ts';
import type { ProfilePlans } from '../compile/profile-plans.ts';
import type { QuestionnairePlans } from '../compile/questionnaire-plans.ts';
import type { TypePlans } from '../compile/type-plans.ts';
import { ContainedIndex } from '../fhirpath/contained-index.ts';
import type { EvaluationContext } from '../fhirpath/language.ts';
import { TypedNode } from '../fhirpath/nodes.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Report } from './report.ts';
import type { ValidatedCache } from './validated-cache.ts';

/** The definitions and the state of one validation. */
export interface ValidationContext {
  readonly definitions: DefinitionIndex;
  readonly types: TypePlans;
  readonly profiles: ProfilePlans;
  readonly questionnaires: QuestionnairePlans;
  readonly report: Report;
  /** What invariants are evaluated with; changes with the resource that is being walked. */
  evaluation: { -readonly [K in keyof EvaluationContext]: EvaluationContext[K] };
  /** Types of the entries of the surrounding Bundle, by fullUrl and by `Type/id`; undefined outside. */
  entryTypes: ReadonlyMap<string, string> | undefined;
  validated: ValidatedCache;
  /** Whether the resource being walked has contained resources that references may point to. */
  hasContained: boolean;
}

/** The evaluation context of a resource that is not contained in another one. */
export function evaluationOf(
  resource: JsonObject,
  spend: EvaluationContext['spend'],
): ValidationContext['evaluation'] {
  const contained = new ContainedIndex(resource);
  const evaluation = { resource, rootResource: resource, focus: resource, contained };
  return spend === undefined ? evaluation : { ...evaluation, spend };
}

/** The evaluation context of a resource inside `outer`: contained in its root resource, or independent. */
export function innerEvaluationOf(
  resource: JsonObject,
  outer: EvaluationContext,
  isContained: boolean,
): ValidationContext['evaluation'] {
  return isContained
    ? { ...outer, resource, focus: resource }
    : evaluationOf(resource, outer.spend);
}

/** What is known about a primitive or a choice beyond its value. */
export interface PrimitiveContext {
  /** Id and extensions of a primitive. */
  readonly element?: Json | undefined;
  /** Type of a choice. */
  readonly type?: string | undefined;
  /** Canonical of the profile that the rules come from. */
  readonly source?: string;
}

/** Evaluates invariants on an element and reports those that fail. */
export function checkRules(
  rules: readonly CompiledRule[],
  value: Json | undefined,
  context: ValidationContext,
  { element, type, source }: PrimitiveContext = NO_CONTEXT,
): void {
  if (rules.length === 0) return;
  const item =
    value !== undefined && element === undefined && type === undefined
      ? value
      : new TypedNode(value, element, type);
  for (const { rule, test } of rules) {
    context.evaluation.focus = item;
    if (test(item, context.evaluation) === true) continue;
    const { key, severity, human } = rule;
    // Profiles may share a rule: the source is the profile that is being checked, not the first profile.
    const from = rule.source.startsWith(CORE) ? rule.source : (source ?? rule.source);
    context.report.add({ kind: 'invariant', rule: key, severity, message: human, source: from });
  }
}

const NO_CONTEXT: PrimitiveContext = {};
