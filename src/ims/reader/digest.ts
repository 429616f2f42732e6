// Compares the SHA-256 of each document with its content. A mismatch only warns: a file that is damaged
// for good, such as an old scan, must not cost the visit, and a server that changed the content must not
// prevent the record from being read back.
import { createHash } from 'node:crypto';
import type { ObjectValues } from '../schema/members.ts';
import { MAX_ENTRIES } from '../schema/values.ts';
import { isObjectValues } from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';

/** Adds a warning for each document whose content has another SHA-256 than the record gives. */
export function checkDigests({ documents }: ObjectValues, issues: IssueList): void {
  if (!Array.isArray(documents) || documents.length > MAX_ENTRIES) return;
  documents.forEach((document: unknown, index) => {
    if (!isObjectValues(document) || !isMismatch(document)) return;
    const message = 'must be the SHA-256 of the content; one of the two is damaged';
    issues.addWarning('digest', ['documents', index, 'sha256'], message);
  });
}

/** False for invalid base64 and invalid digests, which their own schemas reject. */
function isMismatch({ data, sha256 }: ObjectValues): boolean {
  if (typeof data !== 'string' || typeof sha256 !== 'string') return false;
  const bytes = Buffer.from(data, 'base64');
  return createHash('sha256').update(bytes).digest('hex') !== sha256.toLowerCase();
}
