import { type Issue, informationIssue, type Severity } from '../../errors.ts';

/** The kinds of fault that are no invariant, with the FHIR issue type each is told as. */
const KINDS = {
  'not-a-resource': 'structure',
  'unknown-type': 'structure',
  'unknown-element': 'structure',
  'too-deep': 'structure',
  'too-many': 'informational',
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

/** More than this tells nobody more. */
const MOST = 1000;

/** Where a validation stands, and what it has found. */
export class Report {
  readonly #steps: (string | number)[] = [];
  readonly #issues = new Map<string, Issue>();
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

  /** Adds a fault; the same rule at the same place counts once. */
  add({ kind, message, source, rule = kind, severity = 'error' }: Fault): void {
    this.#told++;
    if (this.#issues.size >= MOST) {
      this.#more();
      return;
    }
    const { path } = this;
    const from = `${source}#${rule}`;
    const key = `${path} ${from} ${kind === 'invariant' ? '' : message}`;
    if (this.#issues.has(key)) return;
    this.#issues.set(key, { severity, code: KINDS[kind], path, message, source: from });
  }

  get issues(): Issue[] {
    return [...this.#issues.values()];
  }

  #more(): void {
    const message = `more than ${MOST} faults: the rest is not listed`;
    this.#issues.set('', informationIssue('informational', '', message));
  }
}
