// Collects the issues of one document up to a limit: a document with hundreds of errors is not a record
// with mistakes, and listing all of them would let one request fill the memory of the process.
import { errorIssue, type Issue, warningIssue } from '../../errors.ts';
import { pointer } from '../schema/pointer.ts';

/** Errors listed for one document, and warnings. */
export const MAX_ISSUES = 500;

/** Reading also stops after this many errors per listed one, repetitions included. */
const MAX_REPETITIONS = 20;

/** Code of the issue that says that not all issues are listed. */
export const TOO_MANY_ISSUES = 'too-many-faults';

/** Thrown by `IssueList` and caught by `collectIssues`, to end all checks. */
const STOPPED = new Error('Reading stopped.');

/** The issues of one document. The same code at the same path is listed once. */
export class IssueList {
  readonly #issues = new Map<string, Issue>();
  readonly #max: number;
  #errors = 0;
  #repetitions = 0;
  #warnings = 0;
  #stopped: Issue | undefined;

  constructor(max = MAX_ISSUES) {
    this.#max = max;
  }

  /** Adds an error at `path`. Ends the reading when the list is full. */
  addError(code: string, path: readonly PropertyKey[], message: string): void {
    this.add(errorIssue(code, pointer(path), message));
  }

  /** Adds a warning at `path`. Never ends the reading: when the list is full, it is dropped. */
  addWarning(code: string, path: readonly PropertyKey[], message: string): void {
    this.add(warningIssue(code, pointer(path), message));
  }

  /** Adds an issue, such as one of another list. */
  add(issue: Issue): void {
    if (issue.code === TOO_MANY_ISSUES) {
      this.#stopped = issue;
      return;
    }
    const key = `${issue.path} ${issue.code}`;
    const isListed = this.#issues.has(key);
    if (issue.severity === 'warning') {
      if (!isListed && ++this.#warnings > this.#max) return;
    } else if (isListed) {
      if (++this.#repetitions > this.#max * MAX_REPETITIONS) throw STOPPED;
    } else if (++this.#errors > this.#max) throw STOPPED;
    this.#issues.set(key, issue);
  }

  /** Notes that reading stopped before the end of the document. */
  stop(): void {
    const message = `has more than ${this.#max} errors; reading stopped`;
    this.#stopped = errorIssue(TOO_MANY_ISSUES, '', message);
  }

  /** The issues by path; the note that reading stopped comes last. */
  toSorted(): Issue[] {
    const sorted = [...this.#issues.values()].sort((a, b) =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
    );
    return this.#stopped === undefined ? sorted : [...sorted, this.#stopped];
  }
}

/** The issues that `read` adds, by path. Reading stops at the first error beyond `max`. */
export function collectIssues(read: (issues: IssueList) => void, max = MAX_ISSUES): Issue[] {
  const issues = new IssueList(max);
  try {
    read(issues);
  } catch (error) {
    if (error !== STOPPED) throw error;
    issues.stop();
  }
  return issues.toSorted();
}
