// Layer 4, validation: a resource and the compiled definitions in, issues out. Pure; knows FHIR and
// nothing of IMS. This file is the shape of what `npm run profiles` compiles for it.

import type { Severity } from '../../errors.ts';
import type { Expression } from '../fhirpath/expression.ts';

/** Everything that validating needs: R4's own definitions and the project's, without their prose. */
export interface ValidationDefinitions {
  /** By canonical, without version. */
  readonly structures: Readonly<Record<string, Structure>>;
  /** By canonical, without version. */
  readonly valueSets: Readonly<Record<string, ValueSetContent>>;
  /** Codes by system, of each system that is held whole. */
  readonly codeSystems: Readonly<Record<string, readonly string[]>>;
  /** Invariants by the key that elements name them with. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** Questionnaires without what no answer is checked against. */
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
  /** Where an extension may stand. */
  readonly context?: readonly { readonly type: string; readonly expression: string }[];
}

/** One element. In a profile only what it adds to R4's own definition is filled in. */
export interface ElementRule {
  /** As in JSON; a choice keeps its `[x]`. */
  readonly name: string;
  /** Absent: 0. */
  readonly min?: number;
  /** Absent: unbounded where `list`, else 1; in a profile: not narrowed. */
  readonly max?: number;
  /** Written as an array. */
  readonly list?: true;
  readonly types?: readonly TypeRule[];
  /** Element id whose children these are, such as `Questionnaire.item`. */
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

/** A type an element may have; `profiles` and `targets` are canonicals. */
export interface TypeRule {
  readonly code: string;
  readonly profiles?: readonly string[];
  readonly targets?: readonly string[];
}

/** How slices are told apart. */
export interface Slicing {
  readonly by: readonly { readonly type: string; readonly path: string }[];
  readonly closed?: true;
}

/** Some of the entries of a sliced element. */
export interface Slice extends ElementRule {
  readonly slice: string;
}

/** Which codes an element takes. `max` is a value set that none may leave. */
export interface Binding {
  readonly strength: 'required' | 'extensible' | 'preferred';
  readonly valueSet: string;
  readonly max?: string;
}

/** A value set as far as it can be expanded here. */
export interface ValueSetContent {
  /** Codes by system; `true` stands for all codes of a system that is held whole. */
  readonly codes: Readonly<Record<string, readonly string[] | true>>;
  /** Systems of which some or all codes belong to it and which are not held; `*` for any system. */
  readonly notLoaded?: readonly string[];
}

/** An invariant. */
export interface Rule {
  readonly key: string;
  readonly severity: Severity;
  /** In words. */
  readonly human: string;
  /** In FHIRPath, as it is used: repaired where R4's own is known not to say what it means. */
  readonly fhirpath: string;
  readonly expression: Expression;
  /** Canonical of the structure that makes it. */
  readonly source: string;
}
