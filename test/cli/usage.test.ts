import { describe, expect, it } from 'vitest';
import { cli } from './cli.ts';

describe('the command line', () => {
  it('tells what it can do, under 80 columns, with its exit codes', async () => {
    const commands = [
      'serve',
      'demo',
      'sandbox',
      'push',
      'pull',
      'map',
      'unmap',
      'validate',
      'chart',
    ];
    for (const command of ['', ...commands]) {
      const run = await cli([...(command === '' ? [] : [command]), '--help']);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain('Exit codes:');
      for (const line of run.stdout.split('\n')) expect(line.length).toBeLessThan(80);
      if (command === '') for (const name of commands) expect(run.stdout).toContain(`  ${name} `);
      // A chart is for people's eyes; for programs there is the record itself.
      else expect(run.stdout).toContain(command === 'chart' ? '--format' : '--json');
    }
  });

  it('tells its version', async () => {
    expect(await cli(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\./),
    });
  });

  it('ends with 2 where it is used wrongly, and says how to use it', async () => {
    for (const [args, words] of [
      [[], /Usage: ims-fhir/],
      [['nothing'], /unknown command 'nothing'/],
      [['nothing'], /--help lists the commands and options/],
      [['valdate'], /Did you mean validate\?/],
      [['map', '--wrong'], /unknown option '--wrong'/],
      [['map', '--jsn'], /Did you mean --json\?/],
      [['chart', '--format', 'pgn'], /Allowed choices are txt, html, svg, png, pdf\./],
      [['map', 'a', 'b'], /too many arguments/],
      [['push', 'x.json'], /--to <service>, or --target-base/],
      [['push', 'x.json', '--to', 'http://a', '--target-base', 'http://b'], /--to <service>, or/],
      [['push', 'x.json', '--to', 'nowhere'], /http:\/\/host:port/],
      [['push', '--target-base', 'http://b', '--token-env', 'NONE'], /NONE is not set/],
      [['pull', '--record', 'x'], /required option '--source <uri>'/],
      [['pull', '--source', 'x', '--record', 'x'], /It is a URI/],
      [['pull', '--source', 'a:b'], /Say which visits/],
      [['pull', '--source', 'a:b', '--record', 'x', '--patient', 'y'], /Say which visits/],
      [['sandbox', '--port', '99999'], /0 to 65535/],
      [['serve', '--config', '/nowhere'], /configuration file \(ENOENT\)/],
    ] as const) {
      const run = await cli(args);
      expect(run.stderr).toMatch(words);
      expect(run.code).toBe(2);
    }
  });

  it('tells every faulty setting at once', async () => {
    const run = await cli(['serve'], { env: { IMS_FHIR_PORT: 'x', IMS_FHIR_TYPO: 'x' } });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('error at IMS_FHIR_PORT:');
    expect(run.stderr).toContain('error at IMS_FHIR_TYPO: unknown setting');
  });
});
