// Charts of hostile words, byte by byte: UPDATE_GOLDEN=1 writes them anew; look at the difference.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readRecordText } from '../../src/ims/reader/read.ts';
import { type Format, render } from '../../src/rendering/render.ts';
import { assess } from '../../src/safety/assess.ts';

const CASE = new URL('golden/script-everywhere/', import.meta.url);

async function rendered(format: Format): Promise<string> {
  const read = readRecordText(readFileSync(new URL('record.json', CASE), 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  const { content } = await render(format, { record: read.record, assess, fontFiles: [] });
  return String(content);
}

describe.each(['txt', 'html', 'svg'] as const)('markup in every free text, as %s', (format) => {
  it('stands there as it was written, and is no markup', async () => {
    const said = await rendered(format);
    const golden = new URL(`chart.${format}`, CASE);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, said);
    expect(said).toBe(readFileSync(golden, 'utf8'));
    expect(said.includes('<script>')).toBe(format === 'txt');
  });
});

describe.each(['html', 'svg'] as const)('a chart as %s', (format) => {
  it('is well formed: every tag that opens is closed in its order', async () => {
    expect(openTags(await rendered(format))).toEqual([]);
  });
});

const run = promisify(execFile);

/** What `chart` comes to in a Node of its own, where `missing` is not installed. */
async function chartWithout(missing: string, format: Format): Promise<string> {
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
  ] as const)('%s, it says what to install for %s', async (name, format) => {
    const packages = format === 'png' ? '@resvg/resvg-js' : 'pdfkit';
    expect(await chartWithout(name, format)).toBe(
      `--format ${format} needs optional packages: npm install ${packages} fontkit dejavu-fonts-ttf`,
    );
  });

  it('shows all that is text', async () => {
    for (const format of ['txt', 'html', 'svg'] as const) {
      expect(await chartWithout('fontkit', format)).toBe('');
    }
  });
});

/** Tags that are still open at the end; throws where one closes that is not the last. */
function openTags(source: string): string[] {
  const open: string[] = [];
  for (const [, close, name = '', self] of source.matchAll(/<(\/?)([A-Za-z]+)[^<>]*?(\/?)>/g)) {
    if (self === '/') continue;
    if (close !== '/') open.push(name);
    else if (open.pop() !== name) throw new Error(`</${name}> closes another tag`);
  }
  return open;
}
