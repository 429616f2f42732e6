// Refuses text and numbers that a database would not store unchanged.
import { AdapterError, type Issue } from '../errors.ts';
import type { Submission } from './enqueue.ts';

/**
 * Throws `invalid-input` if a submission contains something that a database rejects or changes:
 * U+0000 makes PostgreSQL refuse the whole group commit, a lone surrogate is silently replaced, and a
 * revision above 2^53 is rounded. Issues name the member and the rule, never the text.
 */
export function refuseUnstorable(request: readonly Submission[]): void {
  const issues = request.flatMap(problemsOf);
  if (issues.length === 0) return;
  throw new AdapterError('invalid-input', 'The request contains text that cannot be stored.', {
    issues,
  });
}

function problemsOf(submission: Submission, index: number): Issue[] {
  const { source, recordId, hash, payload } = submission;
  const texts: [string, string][] = Object.entries({ source, recordId, hash, payload });
  submission.targets.forEach(({ target, orderingKey }, at) => {
    texts.push([`targets/${at}/target`, target], [`targets/${at}/orderingKey`, orderingKey]);
  });
  const problems = texts
    .filter(([, text]) => text.includes('\0') || !text.isWellFormed())
    .map(([name]) => ({ name, message: 'must not contain U+0000 or a lone surrogate' }));
  if (!Number.isSafeInteger(submission.revision)) {
    problems.push({ name: 'revision', message: 'must be an integer below 2^53' });
  }
  return problems.map(({ name, message }) => ({
    severity: 'error',
    code: 'not-storable',
    path: `/${index}/${name}`,
    message,
  }));
}
