// A document's SHA-256 as charted, against its bytes. It warns and does not refuse: a file that is
// damaged for good, as old scans are, must not cost the visit it belongs to; and a server that
// changed the bytes must not cost the record on its way back.
import { createHash } from 'node:crypto';
import type { ObjectValues } from '../schema/members.ts';
import { MAX_ENTRIES } from '../schema/values.ts';
import { isObjectValues } from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';
import { pointer } from './pointer.ts';

/** Adds one warning for each document whose bytes have another SHA-256 than the record says. */
export function checkDigests({ documents }: ObjectValues, issues: IssueList): void {
  if (!Array.isArray(documents) || documents.length > MAX_ENTRIES) return;
  documents.forEach((one: unknown, index) => {
    if (!isObjectValues(one) || !isOther(one)) return;
    const message = 'is not the SHA-256 of the content: one of the two was damaged on the way';
    const path = pointer(['documents', index, 'sha256']);
    issues.add({ severity: 'warning', code: 'digest', path, message });
  });
}

/** What is no base64 or no digest is told by its own schema. */
function isOther({ data, sha256 }: ObjectValues): boolean {
  if (typeof data !== 'string' || typeof sha256 !== 'string') return false;
  return sha256Of(data) !== sha256.toLowerCase();
}

/** The SHA-256 of base64 bytes, in hexadecimal. */
function sha256Of(data: string): string {
  return createHash('sha256').update(Buffer.from(data, 'base64')).digest('hex');
}
