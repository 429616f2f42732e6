// Issues found while one document is read. A document with hundreds of faults is not a record with
// mistakes, and listing all of them would let one request fill the memory of the process.
import type { Issue } from '../../errors.ts';

/** Issues listed for one document. */
export const MAX_ISSUES = 500;

/** Issues per listed one, the same ones again included, after which reading stops as well. */
const MAX_REPEATS = 20;

/** Thrown by `IssueList.add` and caught by `collectIssues`, so that no reader goes on. */
const STOPPED = new Error('Reading stopped.');

/** Issues by path and code: the same issue found twice is listed once. */
export class IssueList {
  readonly #issues = new Map<string, Issue>();
  readonly #max: number;
  #added = 0;

  constructor(max = MAX_ISSUES) {
    this.#max = max;
  }

  /** Adds an issue. Ends the reading when the list is full. */
  add(issue: Issue): void {
    const key = `${issue.path} ${issue.code}`;
    const isFull = this.#issues.size === this.#max && !this.#issues.has(key);
    if (isFull || ++this.#added > this.#max * MAX_REPEATS) throw STOPPED;
    this.#issues.set(key, issue);
  }

  /** All issues, sorted by path. */
  inOrder(): Issue[] {
    return [...this.#issues.values()].sort((a, b) =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
    );
  }
}

/**
 * The issues that `read` adds, sorted by path. Reading stops at the first issue beyond `max`; the last
 * issue says so.
 */
export function collectIssues(read: (issues: IssueList) => void, max = MAX_ISSUES): Issue[] {
  const issues = new IssueList(max);
  try {
    read(issues);
    return issues.inOrder();
  } catch (error) {
    if (error !== STOPPED) throw error;
    return [...issues.inOrder(), stopped(max)];
  }
}

function stopped(max: number): Issue {
  const message = `has more than ${max} faults; reading stopped after ${max}`;
  return { severity: 'error', code: 'too-many-faults', path: '', message };
}
