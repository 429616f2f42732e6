import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../src/ims/reader/read.ts';
import { codesAndPaths, visitWith } from '../sample.ts';

const bytes = Buffer.from('%PDF-1.4 invented');
const file = {
  key: 'f',
  contentType: 'application/pdf',
  data: bytes.toString('base64'),
};
const sha256 = createHash('sha256').update(bytes).digest('hex');
const read = (document: object) => readRecord(visitWith({ '/documents': [document] }));

describe('the SHA-256 of a document', () => {
  it('may be in lower or upper case', () => {
    expect(codesAndPaths(read({ ...file, sha256 }))).toEqual([]);
    expect(codesAndPaths(read({ ...file, sha256: sha256.toUpperCase() }))).toEqual([]);
  });

  it('that does not match the content is a warning', () => {
    const other = createHash('sha256').update('other').digest('hex');
    const result = read({ ...file, sha256: other });
    expect(codesAndPaths(result)).toEqual(['digest /documents/0/sha256']);
    expect(result.ok && result.issues).toMatchObject([{ severity: 'warning' }]);
    expect(result.ok && result.record.documents).toEqual([{ ...file, sha256: other }]);
  });

  it('must be 64 hexadecimal digits', () => {
    expect(codesAndPaths(read({ ...file, sha256: 'abc' }))).toContain('format /documents/0/sha256');
  });

  it('is not added where the record lacks it', () => {
    const result = read(file);
    expect(result.ok && result.record.documents).toEqual([file]);
  });
});

describe('the content of a document', () => {
  it.each([
    ['text that is not base64', 'not base64!', 'format'],
    ['an empty text', '', 'format'],
    ['more than 15 million characters', 'A'.repeat(15_000_004), 'range'],
  ])('must not be %s', (_what, data, code) => {
    expect(codesAndPaths(read({ ...file, data }))).toEqual([`${code} /documents/0/data`]);
  });

  it('may have 15 million characters', () => {
    expect(codesAndPaths(read({ ...file, data: 'A'.repeat(15_000_000) }))).toEqual([]);
  });
});
