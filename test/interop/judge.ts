// HL7's own validator as a process that answers line by line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Trait, UNAVOIDABLE } from './unavoidable.ts';

const DEFINITIONS = join(import.meta.dirname, '../../profiles/fsh-generated/resources');

/** What the validator says of one resource. */
export interface JudgedIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  /** FHIRPath of the element. */
  readonly location: string;
  readonly messageId: string | null;
  readonly message: string;
}

/** A resource or Bundle to be judged, as text; `profile` beside those it claims itself. */
export interface Judging {
  readonly id: string;
  readonly text: string;
  readonly profile?: string;
  readonly traits?: readonly Trait[];
}

/** The verdict on one of them. */
export interface Verdict extends Pick<Judging, 'id' | 'traits'> {
  readonly issues: readonly JudgedIssue[];
}

/** A running validator. It ends with its parent: its input is then at its end. */
export interface Judge {
  /** Verdicts in the order asked. */
  judge(asked: readonly Judging[]): Promise<Verdict[]>;
  close(): Promise<void>;
}

/** Starts the validator over the definitions as they are published. */
export function startJudge(classPath: string): Judge {
  const args = ['-Xmx2g', '-cp', classPath, 'org.imsfhir.interop.Judge', DEFINITIONS];
  const child = spawn('java', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async judge(asked) {
      const verdicts: Verdict[] = [];
      for (const one of asked) {
        const { traits, ...question } = one;
        child.stdin.write(`${JSON.stringify(question)}\n`);
        const { value, done } = await answers.next();
        if (done === true) throw new Error(`the validator ended at ${one.id}`);
        verdicts.push({ ...(JSON.parse(value) as Verdict), ...(traits && { traits }) });
      }
      return verdicts;
    },
    async close() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

/** The errors and warnings that could be mended, a line each, with how often and where first. */
export function faultsOf(verdicts: readonly Verdict[]): string[] {
  const faults = new Map<string, { count: number; first: string }>();
  for (const verdict of verdicts) {
    for (const issue of verdict.issues) {
      if (issue.severity === 'information' || rowsFor(issue, verdict).length > 0) continue;
      const line = `${issue.severity} ${issue.messageId}: ${issue.message}`;
      const known = faults.get(line);
      if (known !== undefined) known.count += 1;
      else faults.set(line, { count: 1, first: `${verdict.id} ${issue.location}` });
    }
  }
  return [...faults].map(([line, { count, first }]) => `${count} x ${line} @ ${first}`);
}

/** Rows of the committed list that none of the verdicts needed. */
export function unneeded(verdicts: readonly Verdict[]): string[] {
  const needed = new Set(
    verdicts.flatMap((verdict) => verdict.issues.flatMap((issue) => rowsFor(issue, verdict))),
  );
  return UNAVOIDABLE.filter((row) => !needed.has(row)).map(
    ({ messageId, says }) => `${messageId} ${says.source}`,
  );
}

function rowsFor(issue: JudgedIssue, { traits }: Verdict) {
  return UNAVOIDABLE.filter(
    ({ severity, messageId, says, of }) =>
      issue.severity === severity &&
      issue.messageId === messageId &&
      says.test(issue.message) &&
      (of === undefined || traits?.includes(of) === true),
  );
}
