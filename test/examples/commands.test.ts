// Runs the commands of examples/README.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli } from '../cli/cli.ts';
import { codeBlocks, textOf } from '../documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'ims-fhir-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [withoutService = ''] = textOf('examples/README.md').split('## With a service');
// The demo has separate tests.
const lines = codeBlocks(withoutService, 'sh')
  .flatMap((block) => block.trim().split('\n'))
  .filter((line) => !line.endsWith(' demo'));

/** The arguments of one command; its output files go to a temporary folder. */
function argumentsOf(command: string): string[] {
  const args = command.replace(/^npm run -s cli -- /, '').split(' ');
  return args.map((arg, index) => (args[index - 1] === '--out' ? join(folder, arg) : arg));
}

describe('examples/README.md', () => {
  it('has commands', () => {
    expect(lines.length).toBeGreaterThan(5);
  });

  it.each(lines)('%s', async (line) => {
    let stdin: string | undefined;
    for (const command of line.split(' | ')) {
      expect(command).toMatch(/^npm run -s cli -- /);
      const { code, stdout, stderr } = await cli(
        argumentsOf(command),
        stdin === undefined ? {} : { stdin },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      stdin = stdout;
    }
  });
});
