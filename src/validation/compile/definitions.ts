// The shape of validation.json, the definitions that `npm run profiles` compiles for the validator.

import type { Severity } from '../../errors.ts';
import type { Expression } from '../fhirpath/language.ts';

/** Everything that validation needs: R4's own definitions and the project's, without their prose. */
export interface ValidationDefinitions {
  /** By canonical without version. */
  readonly structures: Readonly<Record<string, Structure>>;
  /** By canonical without version. */
  readonly valueSets: Readonly<Record<string, ValueSetContent>>;
  /** All codes of each system that is loaded completely, by system. */
  readonly codeSystems: Readonly<Record<string, readonly string[]>>;
  /** Invariants by the key that elements refer to them with. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** Questionnaires, reduced to what answers are checked against. */
  readonly questionnaires: readonly object[];
}

/** A resource or datatype as R4 defines it, or what a profile or extension adds to one. */
export interface Structure {
  readonly kind: 'resource' | 'datatype' | 'primitive' | 'profile';
  /** The type that is defined or constrained. */
  readonly type: string;
  /** Canonical of the parent. */
  readonly base?: string;
  readonly version?: string;
  readonly abstract?: true;
  readonly root: ElementRule;
  /** The elements that an extension is allowed on. */
  readonly context?: readonly { readonly type: string; readonly expression: string }[];
}

/** One element. A profile lists only what it adds to R4's own definition. */
export interface ElementRule {
  /** As in JSON, except that a choice keeps its `[x]`. */
  readonly name: string;
  /** Absent: 0. */
  readonly min?: number;
  /** Absent: unbounded for a `list`, otherwise 1; in a profile: not constrained. */
  readonly max?: number;
  /** True for an array in JSON. */
  readonly list?: true;
  readonly types?: readonly TypeRule[];
  /** Id of the element that has the same children, such as `Questionnaire.item`. */
  readonly sameAs?: string;
  readonly fixed?: unknown;
  readonly pattern?: unknown;
  readonly binding?: Binding;
  /** Keys of `rules`. */
  readonly rules?: readonly string[];
  readonly maxLength?: number;
  readonly slicing?: Slicing;
  readonly slices?: readonly Slice[];
  readonly children?: readonly ElementRule[];
}

/** A type that an element may have; `profiles` and `targets` are canonicals. */
export interface TypeRule {
  readonly code: string;
  readonly profiles?: readonly string[];
  readonly targets?: readonly string[];
}

/** The discriminators of the slices of an element. */
export interface Slicing {
  readonly by: readonly { readonly type: string; readonly path: string }[];
  readonly closed?: true;
}

/** A named subset of the entries of a sliced element. */
export interface Slice extends ElementRule {
  readonly slice: string;
}

/** The codes that an element may have. `max` is the canonical of the maximum value set. */
export interface Binding {
  readonly strength: 'required' | 'extensible' | 'preferred';
  readonly valueSet: string;
  readonly max?: string;
}

/** A value set, as far as its expansion is known. */
export interface ValueSetContent {
  /** Codes by system; `true` for all codes of a system that is loaded completely. */
  readonly codes: Readonly<Record<string, readonly string[] | true>>;
  /** Systems with codes in the value set that are not loaded; `*` for any system. */
  readonly notLoaded?: readonly string[];
}

/** An invariant. */
export interface Rule {
  readonly key: string;
  readonly severity: Severity;
  /** Description for people. */
  readonly human: string;
  /** The FHIRPath that is evaluated. Some of R4's own are corrected, see rule-repairs.ts. */
  readonly fhirpath: string;
  readonly expression: Expression;
  /** Canonical of the structure that defines it. */
  readonly source: string;
}
