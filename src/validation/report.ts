import type { Issue, Severity } from '../errors.ts';

/** The kinds of fault that are no invariant, with the FHIR issue type each is told as. */
const KINDS = {
  'not-a-resource': 'structure',
  'unknown-type': 'structure',
  'unknown-element': 'structure',
  'too-deep': 'structure',
  'too-many': 'too-costly',
  empty: 'structure',
  array: 'structure',
  single: 'structure',
  choice: 'structure',
  type: 'structure',
  min: 'required',
  max: 'structure',
  format: 'value',
  calendar: 'value',
  length: 'too-long',
  fixed: 'value',
  pattern: 'value',
  slice: 'structure',
  code: 'code-invalid',
  binding: 'code-invalid',
  unchecked: 'not-supported',
  reference: 'structure',
  target: 'structure',
  extension: 'extension',
  context: 'extension',
  profile: 'structure',
  bundle: 'structure',
  question: 'structure',
  answer: 'value',
  required: 'required',
  disabled: 'business-rule',
  invariant: 'invariant',
} as const;

export type Kind = keyof typeof KINDS;

/** A fault at the present place. `rule` is `kind` where it has no id of its own. */
export interface Fault {
  readonly kind: Kind;
  readonly message: string;
  /** Canonical of the structure, Questionnaire or value set that makes the rule. */
  readonly source: string;
  readonly rule?: string;
  readonly severity?: Severity;
}

/**
 * Errors and warnings listed for one resource or Bundle. Validation stops at the next one: a resource
 * with more is refused whatever else is in it. Of information, this much is listed and the rest left.
 */
export const MAX_ISSUES = 500;

/** Issues found that are listed already, after which validation stops as well. */
const MAX_REPEATS = 10_000;

/**
 * Entries of lists that the rules of one validation may go through. Some rules look at a whole list for
 * each of its entries, so that a list of 100,000 would keep the process busy for minutes.
 */
const MAX_STEPS = 20_000_000;

/** Thrown by `Report` and caught by `validated`, so that no check goes on. */
const STOPPED = new Error('Validation stopped: too many faults.');
const TOO_COSTLY = new Error('Validation stopped: too many steps.');

/** Where a validation stands, and what it has found. */
export class Report {
  readonly #steps: (string | number)[] = [];
  readonly #issues = new Map<string, Issue>();
  #stepsLeft = MAX_STEPS;
  #faults = 0;
  #notes = 0;
  #repeats = 0;
  #told = 0;

  /** How often a fault was told, those told before among them. */
  get told(): number {
    return this.#told;
  }

  enter(step: string | number): void {
    this.#steps.push(step);
  }

  leave(): void {
    this.#steps.pop();
  }

  /** Goes up to the parent of the present place; gives the step by which to enter again. */
  rise(): string | number {
    return this.#steps.pop() ?? '';
  }

  /** The FHIRPath of the present place. */
  get path(): string {
    let path = '';
    for (const step of this.#steps) path += typeof step === 'number' ? `[${step}]` : step;
    return path.startsWith('.') ? path.slice(1) : path;
  }

  /** Adds a fault; the same rule at the same place counts once. Ends the validation when full. */
  add({ kind, message, source, rule = kind, severity = 'error' }: Fault): void {
    this.#told++;
    const isNote = severity === 'information';
    if (isNote && this.#notes === MAX_ISSUES) return;
    const { path } = this;
    const from = `${source}#${rule}`;
    const key = `${path} ${from} ${kind === 'invariant' ? '' : message}`;
    if (this.#issues.has(key)) {
      if (++this.#repeats > MAX_REPEATS) throw STOPPED;
      return;
    }
    if (isNote) this.#notes++;
    else if (++this.#faults > MAX_ISSUES) throw STOPPED;
    this.#issues.set(key, { severity, code: KINDS[kind], path, message, source: from });
  }

  /** Counts what rules go through. Ends the validation where that is more than any document explains. */
  spend(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw TOO_COSTLY;
  }

  get issues(): Issue[] {
    return [...this.#issues.values()];
  }
}

/** The issues that `validate` adds; where there are too many, the last one says that it stopped. */
export function validated(report: Report, validate: () => void): Issue[] {
  try {
    validate();
    return report.issues;
  } catch (error) {
    if (error !== STOPPED && error !== TOO_COSTLY) throw error;
    const message =
      error === STOPPED
        ? `has more than ${MAX_ISSUES} faults; validation stopped after ${MAX_ISSUES}`
        : 'has lists too long for the rules about them; validation stopped';
    return [...report.issues, { severity: 'error', code: KINDS['too-many'], path: '', message }];
  }
}
