// Documents as records.
import { errorIssue } from '../errors.ts';
import { type ReadResult, readRecordText } from '../ims/reader/read.ts';
import type { Document } from './input.ts';

/** Reads a document as a record. */
export function readDocument({ text }: Document): ReadResult {
  return text === undefined ? { ok: false, issues: [NO_UTF8] } : readRecordText(text);
}

/** What is wrong with a document whose bytes are no UTF-8. */
export const NO_UTF8 = errorIssue('encoding', '', 'must be UTF-8; save the file as UTF-8 first');
