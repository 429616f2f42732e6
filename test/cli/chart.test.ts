import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf, sampleRecord } from '../service/sample.ts';
import { cli, fileOf } from './cli.ts';

const record = sampleRecord() as object & { patient?: object };
const text = JSON.stringify(record);
const PUNJABI = 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ';
const CHINESE = '陳大文';
const named = (name: string) =>
  JSON.stringify({ ...record, patient: { ...record.patient, name: { text: name } } });

/** A file with a record, and an output path in the same directory. */
function files(name: string, content = text): { file: string; out: string } {
  const file = fileOf('visit.json', content);
  return { file, out: join(file, '..', name) };
}

describe('chart', () => {
  it('prints plain text by default', async () => {
    const run = await cli(['chart', fileOf('visit.json', text)]);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^CONTRAINDICATIONS AND PRECAUTIONS\n/);
    expect(run.stdout).toContain('\nTHIS RECORD\n');
  });

  it('reads stdin, and prints several records as text one after the other', async () => {
    const one = await cli(['chart', '-', '--format', 'html'], { stdin: text });
    expect(one.stdout).toMatch(/^<!DOCTYPE html>/);
    const lines = linesOf([sampleRecord('a'), { ...record, revision: 0 }, sampleRecord('b')]);
    const many = await cli(['chart'], { stdin: lines });
    expect(many.code).toBe(1);
    expect(many.stdout.split('='.repeat(79))).toHaveLength(2);
    expect(many.stderr).toMatch(/stdin line 2: error at \/revision/);
  });

  it('derives the format from the extension of the file, which only its owner may read', async () => {
    const starts = {
      txt: 'CONTRA',
      html: '<!DOCTYPE',
      svg: '<svg',
      png: '\uFFFDPNG',
      pdf: '%PDF-',
    };
    for (const [extension, start] of Object.entries(starts)) {
      const { file, out } = files(`chart.${extension}`);
      const run = await cli(['chart', file, '--out', out]);
      expect([run.code, run.stdout, run.stderr]).toEqual([0, '', '']);
      expect(readFileSync(out, 'utf8').startsWith(start)).toBe(true);
      expect(statSync(out).mode & 0o777).toBe(0o600);
    }
  });

  it('refuses to print binary formats to a terminal', async () => {
    for (const format of ['png', 'pdf']) {
      const file = fileOf('visit.json', text);
      const run = await cli(['chart', file, '--format', format], { stdoutIsTerminal: true });
      expect([run.code, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toContain(`--out chart.${format}`);
    }
    const svg = await cli(['chart', '--format', 'svg'], { stdin: text, stdoutIsTerminal: true });
    expect(svg.code).toBe(0);
  });

  it('writes no file for an invalid record, and reports why', async () => {
    const { file, out } = files('chart.pdf', JSON.stringify({ ...record, revision: 0 }));
    const run = await cli(['chart', file, '--out', out]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/error at \/revision/);
    expect(existsSync(out)).toBe(false);
  });

  it('draws one record only, and says what to do with several', async () => {
    const stdin = linesOf([sampleRecord('a'), sampleRecord('b')]);
    const run = await cli(['chart', '--format', 'svg'], { stdin });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('--format txt');
  });

  it('rejects unknown formats and reports files that cannot be written', async () => {
    const { file, out } = files('chart.docx');
    const docx = await cli(['chart', file, '--out', out]);
    expect([docx.code, existsSync(out)]).toEqual([2, false]);
    expect(docx.stderr).toContain(
      '--out must end in .txt, .html, .svg, .png, .pdf, or add --format',
    );
    const wrong = await cli(['chart', file, '--format', 'docx']);
    expect(wrong.code).toBe(2);
    const nowhere = await cli(['chart', file, '--out', '/nowhere/chart.txt']);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      3,
      'Cannot write /nowhere/chart.txt: no such file or directory.\n',
    ]);
  });

  it('omits injuries of staff from a patient’s chart, and reports them as lost', async () => {
    const staffEvents = [{ key: 's', at: '2026-05-04T10:00:00-07:00', management: 'washed' }];
    const run = await cli(['chart'], { stdin: JSON.stringify({ ...record, staffEvents }) });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain('washed');
    expect(run.stderr).toContain('lost at /staffEvents');
  });
});

describe('names in other scripts', () => {
  it('are shown if a font has their characters', async () => {
    for (const extension of ['png', 'pdf']) {
      const { file, out } = files(`chart.${extension}`, named(PUNJABI));
      const run = await cli(['chart', file, '--out', out]);
      expect([run.code, run.stderr]).toEqual([0, '']);
    }
  });

  it('are reported by code point if no font has them, and never quoted', async () => {
    for (const extension of ['png', 'pdf']) {
      const { file, out } = files(`chart.${extension}`, named(CHINESE));
      const run = await cli(['chart', file, '--out', out]);
      expect(run.code).toBe(0);
      expect(run.stderr).toContain('No font has the characters U+9673, U+5927, U+6587;');
      expect(run.stderr).toContain('noto-sans-sc');
      expect(run.stderr).not.toContain(CHINESE);
    }
  });

  it('use a font given with --font', async () => {
    const { file, out } = files('chart.png');
    const font = join(
      import.meta.dirname,
      '../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSerif.ttf',
    );
    expect((await cli(['chart', file, '--out', out, '--font', font])).code).toBe(0);
    const wrong = await cli(['chart', file, '--out', out, '--font', file]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('is not a valid font');
  });
});
