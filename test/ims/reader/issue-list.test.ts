import { describe, expect, it } from 'vitest';
import { collectIssues, type IssueList } from '../../../src/ims/reader/issue-list.ts';
import { readRecord, readRecordText } from '../../../src/ims/reader/read.ts';
import { codesAndPaths, textWith, visitWith } from '../sample.ts';

/** Codes and paths of what `add` adds, with a limit of three. */
function collect(add: (issues: IssueList) => void): string[] {
  return codesAndPaths({ issues: collectIssues(add, 3) });
}

describe('the issues of a document', () => {
  it('are sorted by path', () => {
    const issues = collect((list) => {
      for (const name of ['b', 'a', 'c']) list.addError('type', [name], 'must be a string');
    });
    expect(issues).toEqual(['type /a', 'type /b', 'type /c']);
  });

  it('end with the issue that reading stopped when there are more errors than the limit', () => {
    let added = 0;
    const issues = collect((list) => {
      for (const name of ['d', 'c', 'b', 'a', 'e']) {
        list.addError('type', [name], 'must be a string');
        added++;
      }
    });
    expect(issues).toEqual(['type /b', 'type /c', 'type /d', 'too-many-faults ']);
    expect(added).toBe(3);
  });

  it('end also after many repetitions of one error', () => {
    const issues = collect((list) => {
      for (let count = 0; count < 1000; count++) list.addError('type', ['a'], 'must be a string');
    });
    expect(issues).toEqual(['type /a', 'too-many-faults ']);
  });

  it('have no more warnings than the limit, and warnings never end the reading', () => {
    const issues = collect((list) => {
      for (let index = 0; index < 1000; index++) {
        list.addWarning('digest', [index], 'must be the SHA-256 of the content');
      }
      list.addError('type', ['a'], 'must be a string');
    });
    expect(issues).toEqual(['digest /0', 'digest /1', 'digest /2', 'type /a']);
  });
});

it('a record with more than 500 warnings is accepted', () => {
  const consents = Array.from({ length: 600 }, (_, index) => ({
    key: `c${index}`,
    given: 'yes',
    by: 'patient',
    givenAt: '2026-03-02T09:35:00-08:00',
    documentKey: 'form',
  }));
  const { ok, issues } = readRecord(visitWith({ '/consents': consents }));
  expect({ ok, count: issues.length }).toEqual({ ok: true, count: 500 });
});

it('the issue that reading stopped is the last and appears once, also if text and record have errors', () => {
  const repeated = textWith({ '/status': 'done', '/patient/phone': 5 }).replace(
    '"revision":1',
    `${'"revision":1e0,'.repeat(20_000)}"revision":1`,
  );
  expect(codesAndPaths(readRecordText(repeated))).toEqual([
    'type /patient/phone',
    'number-form /revision',
    'json-member-twice /revision',
    'unknown-code /status',
    'too-many-faults ',
  ]);
  const members = Array.from({ length: 600 }, (_, index) => `"u${index}":1e0`).join();
  const issues = codesAndPaths(readRecordText(`{${members},"z":1}`));
  expect(issues.length).toBe(501);
  expect(issues.indexOf('too-many-faults ')).toBe(500);
});
