// Collects the issues of one validation with their paths, and ends it at fixed limits.
import { errorIssue, type Issue, type Severity } from '../../errors.ts';

/** The kinds of fault, each with the FHIR issue type that it is reported as. */
const ISSUE_TYPES = {
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

export type FaultKind = keyof typeof ISSUE_TYPES;

/** A fault at the current path. `rule` is the id of the rule, by default the kind. */
export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  /** Canonical of the structure, Questionnaire or value set that defines the rule. */
  readonly source: string;
  readonly rule?: string;
  readonly severity?: Severity;
}

/**
 * Errors and warnings listed for one resource or Bundle. Validation stops at the next one with an error,
 * so a resource with more is rejected. At most as many issues of severity information are listed; the
 * others are dropped.
 */
export const MAX_ISSUES = 500;

/** How often issues that are already listed may be reported again before validation stops. */
const MAX_REPEATS = 10_000;

/**
 * List items that the rules of one validation may visit. Some rules search a whole list for each of its
 * entries: with 100,000 entries they would block the process for minutes.
 */
const MAX_VISITED_ITEMS = 20_000_000;

/** Thrown by `Report` and caught by `collectReported`, to end all checks. */
const STOPPED = new Error('Validation stopped: too many faults.');
const TOO_COSTLY = new Error('Validation stopped: too many steps.');

/** The current path of a validation, and its issues so far. */
export class Report {
  readonly #steps: (string | number)[] = [];
  readonly #issues = new Map<string, Issue>();
  #itemsLeft = MAX_VISITED_ITEMS;
  #faults = 0;
  #notes = 0;
  #repeats = 0;
  #added = 0;

  /** How often `add` was called, duplicates included. */
  get added(): number {
    return this.#added;
  }

  enter(step: string | number): void {
    this.#steps.push(step);
  }

  leave(): void {
    this.#steps.pop();
  }

  /** Leaves the current path for its parent; returns the step to enter it again. */
  leaveStep(): string | number {
    return this.#steps.pop() ?? '';
  }

  /** The current path as FHIRPath. */
  get path(): string {
    let path = '';
    for (const step of this.#steps) path += typeof step === 'number' ? `[${step}]` : step;
    return path.startsWith('.') ? path.slice(1) : path;
  }

  /** Adds a fault; the same rule at the same path counts once. Ends the validation above the limits. */
  add({ kind, message, source, rule = kind, severity = 'error' }: Fault): void {
    this.#added++;
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
    this.#issues.set(key, { severity, code: ISSUE_TYPES[kind], path, message, source: from });
  }

  /** Counts list items that rules visit. Ends the validation above MAX_VISITED_ITEMS. */
  spend(items: number): void {
    this.#itemsLeft -= items;
    if (this.#itemsLeft < 0) throw TOO_COSTLY;
  }

  get issues(): Issue[] {
    return [...this.#issues.values()];
  }
}

/** The issues that `validate` adds to the report, and one more if validation stopped at a limit. */
export function collectReported(report: Report, validate: () => void): Issue[] {
  try {
    validate();
    return report.issues;
  } catch (error) {
    if (error !== STOPPED && error !== TOO_COSTLY) throw error;
    const message =
      error === STOPPED
        ? `has more than ${MAX_ISSUES} errors and warnings; validation stopped`
        : 'has lists that are too long to compare their entries; validation stopped';
    return [...report.issues, errorIssue(ISSUE_TYPES['too-many'], '', message)];
  }
}
