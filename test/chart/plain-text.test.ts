import { describe, expect, it } from 'vitest';
import { chartOf } from '../../src/chart/chart.ts';
import { chartToText, columnWidth } from '../../src/chart/plain-text.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { assess } from '../../src/safety/assess.ts';
import { anImsRecord, aSession, aSite } from '../records.ts';

const text = (record: ImsRecord) => chartToText(chartOf(record, assess(record)));
const noted = (note: string) => anImsRecord({ notes: [{ key: 'n', text: note }] });

describe('plain text', () => {
  it('begins with contraindications, red flags and rule violations, then the patient', () => {
    const redFlags = [{ key: 'f', flag: 'bladder-trouble', answer: 'yes' }];
    const record = anImsRecord({
      assessment: { redFlags },
      screening: { cancer: { answer: 'yes', status: 'cancer-active' } },
      session: aSession({ screening: { basis: 'this-record' }, sites: [aSite()] }),
    });
    const headings = text(record)
      .split('\n')
      .filter((line) => /^\S/.test(line));
    expect(headings).toEqual([
      'CONTRAINDICATIONS AND PRECAUTIONS',
      'RED FLAGS ANSWERED YES',
      'FINDINGS ON HOW THE SESSION WAS PERFORMED',
      'PATIENT',
      'WHEN AND WHERE',
      'ASSESSMENT',
      'CONTRAINDICATION SCREENING',
      'NEEDLING SESSION',
      'NEEDLED SITES',
      'THIS RECORD',
    ]);
  });

  it('begins with a notice that the source system has no screening', () => {
    const session = aSession({ screening: { basis: 'screening-not-documented' } });
    const record = anImsRecord({ origin: { how: 'migrated' }, session });
    expect(text(record)).toMatch(/^Screening not recorded in the source system\n/);
  });

  it('begins with the notices on the record', () => {
    const stop = { reasons: ['contraindicated'] };
    const session = aSession({ status: 'not-done', stop });
    expect(text(anImsRecord({ status: 'draft', session }))).toMatch(
      /^Draft, not signed\n.*\n\nNOT DONE\n/,
    );
    expect(text(anImsRecord({ status: 'entered-in-error' }))).toMatch(/^ENTERED IN ERROR\n/);
  });

  it('indents continuation lines and splits words longer than a line', () => {
    const url = `https://clinic.example/${'x'.repeat(90)}`;
    const lines = text(noted(`${'word '.repeat(30)}${url}`)).split('\n');
    const start = lines.findIndex((line) => line.startsWith('  Note'));
    expect(lines.slice(start + 1, start + 3).every((line) => line.startsWith('      '))).toBe(true);
    expect(Math.max(...lines.map(columnWidth))).toBe(80);
    expect(lines.join('').replaceAll(' ', '')).toContain(url);
  });

  it('counts two columns for a Han character and none for a combining mark', () => {
    expect(columnWidth('abc')).toBe(3);
    expect(columnWidth('陳大文')).toBe(6);
    expect(columnWidth('ਗੁਰ')).toBe(2);
    expect(
      Math.max(
        ...text(noted('陳'.repeat(200)))
          .split('\n')
          .map(columnWidth),
      ),
    ).toBe(80);
  });

  it('shows direction marks, which could disguise the meaning of a text', () => {
    expect(text(noted('allergy \u202Eon'))).toContain('allergy [U+202E]on');
  });

  it('keeps markup as written', () => {
    expect(text(noted('<script>alert(1)</script>'))).toContain('<script>alert(1)</script>');
  });

  it('shows the size of a document and never its content', () => {
    const data = Buffer.from('a scan').toString('base64');
    const documents = [{ key: 'd', title: 'Scan', contentType: 'image/png', data }];
    const rendered = text(anImsRecord({ documents }));
    expect(rendered).toContain('6 bytes');
    expect(rendered).not.toContain(data);
  });
});
