import { AdapterError, type Issue } from '../errors.ts';
import type { Submission } from './enqueue.ts';

/**
 * Throws `invalid-input` when a submission holds what no engine keeps as it is: U+0000 makes
 * PostgreSQL refuse a whole group of neighbours, a lone surrogate becomes another character in
 * silence, and a revision beyond 2^53 is rounded. Its issues name place and rule, never the text.
 */
export function refuseUnstorable(request: readonly Submission[]): void {
  const issues = request.flatMap(problemsOf);
  if (issues.length === 0) return;
  throw new AdapterError('invalid-input', 'The request holds text that cannot be stored.', {
    issues,
  });
}

function problemsOf(submission: Submission, index: number): Issue[] {
  const { source, recordId, hash, payload } = submission;
  const texts: [string, string][] = Object.entries({ source, recordId, hash, payload });
  submission.lanes.forEach(({ target, lane }, at) => {
    texts.push([`lanes/${at}/target`, target], [`lanes/${at}/lane`, lane]);
  });
  const problems = texts
    .filter(([, text]) => text.includes('\0') || !text.isWellFormed())
    .map(([name]) => ({ name, message: 'Text may not hold U+0000 or half a surrogate pair.' }));
  if (!Number.isSafeInteger(submission.revision)) {
    problems.push({ name: 'revision', message: 'A revision is a whole number below 2^53.' });
  }
  return problems.map(({ name, message }) => ({
    severity: 'error',
    code: 'not-storable',
    path: `/${index}/${name}`,
    message,
  }));
}
