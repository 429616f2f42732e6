import { describe, expect, it } from 'vitest';
import { chartOf } from '../../src/chart/chart.ts';
import { chartDocument } from '../../src/chart/document.ts';
import { chartText, columnsOf } from '../../src/chart/text.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { assess } from '../../src/safety/assess.ts';
import { recordOf } from '../safety/record.ts';

const text = (record: ImsRecord) => chartText(chartOf(record, assess(record)));
const noted = (words: string) => recordOf({ others: { notes: [{ key: 'n', text: words }] } });

describe('plain text', () => {
  it('begins with what bars the needle, then red flags, then what was found, then who', () => {
    const redFlags = [{ key: 'f', flag: 'bladder-trouble', answer: 'yes' }];
    const record = recordOf({
      sites: ['s1'],
      screening: { cancer: { answer: 'yes', status: 'cancer-active' } },
      others: { assessment: { redFlags } },
    });
    const headings = text(record)
      .split('\n')
      .filter((line) => /^\S/.test(line));
    expect(headings).toEqual([
      'CONTRAINDICATIONS AND PRECAUTIONS',
      'RED FLAGS ANSWERED YES',
      'FINDINGS ON HOW IT WAS DONE',
      'PATIENT',
      'WHEN AND WHERE',
      'ASSESSMENT',
      'CONTRAINDICATION SCREENING',
      'NEEDLING SESSION',
      'NEEDLED SITES',
      'THIS RECORD',
    ]);
  });

  it('begins with the words that an old chart says nothing of a screening', () => {
    const record = recordOf({ sites: ['s1'], others: { origin: { how: 'migrated' } } });
    expect(text(record)).toMatch(/^Screening not recorded in the source system\n/);
  });

  it('begins with what is wrong with the whole record', () => {
    const stop = { reasons: ['contraindicated'] };
    const session = {
      ...{ status: 'not-done', technique: 'ims-session', stop },
      screening: { basis: 'screening-not-documented' },
    };
    expect(text(recordOf({ others: { status: 'draft', session } }))).toMatch(
      /^Draft, not signed\n.*\n\nNOT DONE\n/,
    );
    expect(text(recordOf({ others: { status: 'entered-in-error' } }))).toMatch(
      /^ENTERED IN ERROR\n/,
    );
  });

  it('lets lines that go on stand in, and breaks what no line holds', () => {
    const url = `https://clinic.example/${'x'.repeat(90)}`;
    const lines = text(noted(`${'word '.repeat(30)}${url}`)).split('\n');
    const start = lines.findIndex((line) => line.startsWith('  Note'));
    expect(lines.slice(start + 1, start + 3).every((line) => line.startsWith('      '))).toBe(true);
    expect(Math.max(...lines.map(columnsOf))).toBe(80);
    expect(lines.join('').replaceAll(' ', '')).toContain(url);
  });

  it('counts two columns for a Han character and none for a sign that joins', () => {
    expect(columnsOf('abc')).toBe(3);
    expect(columnsOf('陳大文')).toBe(6);
    expect(columnsOf('ਗੁਰ')).toBe(2);
    expect(
      Math.max(
        ...text(noted('陳'.repeat(200)))
          .split('\n')
          .map(columnsOf),
      ),
    ).toBe(80);
  });

  it('shows a mark that turns the direction of words, which could hide what they say', () => {
    expect(text(noted('allergy \u202Eon'))).toContain('allergy [U+202E]on');
  });

  it('leaves markup as it was written', () => {
    expect(text(noted('<script>alert(1)</script>'))).toContain('<script>alert(1)</script>');
  });

  it('says how large a document is and never prints its bytes', () => {
    const data = Buffer.from('a scan').toString('base64');
    const documents = [{ key: 'd', title: 'Scan', contentType: 'image/png', data }];
    const said = text(recordOf({ others: { documents } }));
    expect(said).toContain('6 bytes');
    expect(said).not.toContain(data);
  });
});

describe('an XHTML document', () => {
  const record = noted('<script>alert("1")</script> &');
  const page = chartDocument(chartOf(record, assess(record)), 'Visit <1>');

  it('is paragraphs with line breaks, and nothing that a receiver would drop', () => {
    const tags = new Set([...page.matchAll(/<\/?([a-z]+)/gi)].map(([, name]) => name));
    expect([...tags].sort()).toEqual([
      'b',
      'body',
      'br',
      'div',
      'head',
      'html',
      'meta',
      'p',
      'title',
    ]);
    expect(page).toMatch(
      /^<!DOCTYPE html>\n<html xmlns="http:\/\/www.w3.org\/1999\/xhtml" lang="en"/,
    );
    expect(page).toContain('<meta charset="utf-8" /><title>Visit &lt;1&gt;</title>');
  });

  it('shows free text as it was written', () => {
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;');
  });
});
