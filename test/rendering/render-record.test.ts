// Charts of a record with markup in every free text, compared with goldens. UPDATE_GOLDEN=1 rewrites
// the goldens; review the diff.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readRecordText } from '../../src/ims/reader/read.ts';
import { type ChartFormat, renderRecord } from '../../src/rendering/render-record.ts';
import { assess } from '../../src/safety/assess.ts';
import { sampleRecord } from '../service/sample.ts';

const CASE = new URL('golden/script-everywhere/', import.meta.url);

async function renderText(recordText: string, format: ChartFormat) {
  const read = readRecordText(recordText);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  const { content } = await renderRecord(format, { record: read.record, assess, fontFiles: [] });
  return content;
}

async function rendered(format: ChartFormat): Promise<string> {
  return String(await renderText(readFileSync(new URL('record.json', CASE), 'utf8'), format));
}

describe.each(['txt', 'html', 'svg'] as const)('markup in every free text, as %s', (format) => {
  it('is shown as written and never becomes markup', async () => {
    const content = await rendered(format);
    const golden = new URL(`chart.${format}`, CASE);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, content);
    expect(content).toBe(readFileSync(golden, 'utf8'));
    expect(content.includes('<script>')).toBe(format === 'txt');
  });
});

describe.each(['html', 'svg'] as const)('a chart as %s', (format) => {
  it('is well formed: tags are closed in the order of nesting', async () => {
    expect(openTags(await rendered(format))).toEqual([]);
  });
});

describe('a binary chart', () => {
  const render = async (format: ChartFormat) =>
    Buffer.from(await renderText(JSON.stringify(sampleRecord()), format));

  it.each(['png', 'pdf'] as const)('has the same bytes each time as %s', async (format) => {
    expect((await render(format)).equals(await render(format))).toBe(true);
  });

  it('has embedded fonts and a language as PDF', async () => {
    const bytes = (await render('pdf')).toString('latin1');
    expect(bytes.match(/\/FontFile2 /g)?.length).toBeGreaterThanOrEqual(2);
    expect(bytes).not.toContain('/Type1');
    expect(bytes).toContain('/Lang (en)');
  });
});

const run = promisify(execFile);

/** The stderr of `chart` in a separate process in which the package `missing` is not installed. */
async function chartWithout(missing: string, format: ChartFormat): Promise<string> {
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(name, context, next) {
        if (name !== ${JSON.stringify(missing)}) return next(name, context);
        const text = "Cannot find package '" + name + "' imported from " + context.parentURL;
        throw Object.assign(new Error(text), { code: 'ERR_MODULE_NOT_FOUND' });
      },
    });
    process.argv.splice(1, 0, 'ims-fhir');
    await import('./src/cli/main.ts');`;
  const args = ['chart', new URL('record.json', CASE).pathname, '--format', format];
  const { stderr } = await run(process.execPath, [
    '--input-type=module',
    '-e',
    program,
    ...args,
  ]).catch((failed: { stderr: string }) => failed);
  return stderr.trim();
}

describe('without the optional packages', () => {
  it.each([
    ['@resvg/resvg-js', 'png'],
    ['fontkit', 'png'],
    ['pdfkit', 'pdf'],
  ] as const)('%s, the error for %s lists the packages to install', async (name, format) => {
    const packages = format === 'png' ? '@resvg/resvg-js' : 'pdfkit';
    expect(await chartWithout(name, format)).toBe(
      `The ${format} format requires optional packages:\nnpm install ${packages} fontkit dejavu-fonts-ttf`,
    );
  });

  it('text formats are available', async () => {
    for (const format of ['txt', 'html', 'svg'] as const) {
      expect(await chartWithout('fontkit', format)).toBe('');
    }
  });
});

/** Tags that are open at the end; throws if a tag is closed that is not the innermost one. */
function openTags(source: string): string[] {
  const open: string[] = [];
  for (const [, close, name = '', self] of source.matchAll(/<(\/?)([A-Za-z]+)[^<>]*?(\/?)>/g)) {
    if (self === '/') continue;
    if (close !== '/') open.push(name);
    else if (open.pop() !== name) throw new Error(`</${name}> closes another tag`);
  }
  return open;
}
