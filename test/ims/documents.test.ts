import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/ims/reader/read.ts';
import { told, visitWith } from './sample.ts';

const bytes = Buffer.from('%PDF-1.4 invented');
const file = {
  key: 'f',
  contentType: 'application/pdf',
  data: bytes.toString('base64'),
};
const sha256 = createHash('sha256').update(bytes).digest('hex');
const read = (document: object) => readRecord(visitWith({ '/documents': [document] }));

describe('a document', () => {
  it('may say the SHA-256 of its bytes, in either case', () => {
    expect(told(read({ ...file, sha256 }))).toEqual([]);
    expect(told(read({ ...file, sha256: sha256.toUpperCase() }))).toEqual([]);
  });

  it('is taken with a warning where it has another one', () => {
    const other = createHash('sha256').update('other').digest('hex');
    const result = read({ ...file, sha256: other });
    expect(told(result)).toEqual(['digest /documents/0/sha256']);
    expect(result.ok && result.issues).toMatchObject([{ severity: 'warning' }]);
    expect(result.ok && result.record.documents).toEqual([{ ...file, sha256: other }]);
  });

  it('is refused where it says no SHA-256 at all', () => {
    expect(told(read({ ...file, sha256: 'abc' }))).toContain('format /documents/0/sha256');
  });

  it('gets none where it has none', () => {
    const result = read(file);
    expect(result.ok && result.record.documents).toEqual([file]);
  });

  it.each([
    ['no base64', 'not base64!', 'format'],
    ['nothing', '', 'format'],
    ['more than 15 million characters', 'A'.repeat(15_000_004), 'range'],
  ])('is refused with %s for bytes', (_what, data, code) => {
    expect(told(read({ ...file, data }))).toEqual([`${code} /documents/0/data`]);
  });

  it('takes 15 million characters', () => {
    expect(told(read({ ...file, data: 'A'.repeat(15_000_000) }))).toEqual([]);
  });
});

it('a visit of documents only is one, and one of nothing is none', () => {
  const { kind, source, recordId, revision, status, recordedAt, origin, ...rest } = visitWith();
  const envelope = { kind, source, recordId, revision, status, recordedAt, origin };
  const { patient, practitioners, clinic, visit } = rest;
  const bare = { ...envelope, patient, practitioners, clinic, visit };
  expect(told(readRecord({ ...bare, documents: [file] }))).toEqual([]);
  expect(told(readRecord({ ...bare, notes: [{ key: 'n', text: 'Seen.' }] }))).toEqual([]);
  expect(told(readRecord(bare))).toEqual(['empty-visit ']);
});
