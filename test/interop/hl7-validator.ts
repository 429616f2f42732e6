// HL7's FHIR validator as a Java process that answers one line of JSON per resource.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Trait, UNAVOIDABLE } from './unavoidable.ts';

const DEFINITIONS = join(import.meta.dirname, '../../profiles/fsh-generated/resources');

/** An issue that the validator reports. */
export interface Hl7Issue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  /** FHIRPath of the element. */
  readonly location: string;
  readonly messageId: string | null;
  readonly message: string;
}

/** A resource or Bundle to validate, as text, with the profiles of its meta and with `profile`. */
export interface ValidationRequest {
  readonly id: string;
  readonly text: string;
  readonly profile?: string;
  readonly traits?: readonly Trait[];
}

/** The issues of one request. */
export interface ValidationResult extends Pick<ValidationRequest, 'id' | 'traits'> {
  readonly issues: readonly Hl7Issue[];
}

/** A running validator. It ends when its input ends, and so with its parent. */
export interface Hl7Validator {
  /** Returns one result per request, in their order. */
  validate(requests: readonly ValidationRequest[]): Promise<ValidationResult[]>;
  close(): Promise<void>;
}

/** Starts the validator with the published definitions. */
export function startHl7Validator(classPath: string): Hl7Validator {
  const args = ['-Xmx2g', '-cp', classPath, 'org.imsfhir.interop.Validator', DEFINITIONS];
  const child = spawn('java', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async validate(requests) {
      const results: ValidationResult[] = [];
      for (const { traits, ...request } of requests) {
        child.stdin.write(`${JSON.stringify(request)}\n`);
        const { value, done } = await answers.next();
        if (done === true) throw new Error(`the validator ended at ${request.id}`);
        results.push({ ...(JSON.parse(value) as ValidationResult), ...(traits && { traits }) });
      }
      return results;
    },
    async close() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}

/** Errors and warnings that could be corrected, one per line, with their count and first location. */
export function faultsOf(results: readonly ValidationResult[]): string[] {
  const faults = new Map<string, { count: number; first: string }>();
  for (const result of results) {
    for (const issue of result.issues) {
      if (issue.severity === 'information' || rowsFor(issue, result).length > 0) continue;
      const line = `${issue.severity} ${issue.messageId}: ${issue.message}`;
      const known = faults.get(line);
      if (known !== undefined) known.count += 1;
      else faults.set(line, { count: 1, first: `${result.id} ${issue.location}` });
    }
  }
  return [...faults].map(([line, { count, first }]) => `${count} x ${line} @ ${first}`);
}

/** Rows of the list of unavoidable messages that matched no result. */
export function unusedRows(results: readonly ValidationResult[]): string[] {
  const used = new Set(
    results.flatMap((result) => result.issues.flatMap((issue) => rowsFor(issue, result))),
  );
  return UNAVOIDABLE.filter((row) => !used.has(row)).map(
    ({ messageId, text }) => `${messageId} ${text.source}`,
  );
}

function rowsFor(issue: Hl7Issue, { traits }: ValidationResult) {
  return UNAVOIDABLE.filter(
    ({ severity, messageId, text, trait }) =>
      issue.severity === severity &&
      issue.messageId === messageId &&
      text.test(issue.message) &&
      (trait === undefined || traits?.includes(trait) === true),
  );
}
