import { describe, expect, it } from 'vitest';
import { cli, fileOf } from './cli.ts';

describe('the command line', () => {
  it('prints help with exit codes, within 79 columns', async () => {
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
      // A chart is for people; programs use the record itself.
      else expect(run.stdout).toContain(command === 'chart' ? '--format' : '--json');
    }
  });

  it('prints its version', async () => {
    expect(await cli(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\./),
    });
  });

  it('exits with 2 after wrong usage, and says what is right', async () => {
    for (const [args, words] of [
      [[], /Usage: ims-fhir/],
      [['nothing'], /unknown command 'nothing'/],
      [['nothing'], /--help lists the commands and options/],
      [['valdate'], /Did you mean validate\?/],
      [['map', '--wrong'], /unknown option '--wrong'/],
      [['map', '--jsn'], /Did you mean --json\?/],
      [['chart', '--format', 'pgn'], /Allowed choices are txt, html, svg, png, pdf\./],
      [['map', 'a', 'b'], /too many arguments/],
      [['push', 'x.json'], /Give one destination: --to <service>, or/],
      [['push', 'x.json', '--to', 'http://a', '--target-base', 'http://b'], /Give one destination/],
      [['push', '--target-base', 'http://b', '--wait', '5'], /cannot be used with/],
      [['push', '--to', 'http://a', '--token-env', 'NONE'], /cannot be used with/],
      [['push', '--to', 'http://a', '--wait', '31'], /whole number of seconds from 0 to 30/],
      [['push', 'x.json', '--to', 'nowhere'], /must be an http\(s\) URL/],
      [
        ['push', '--target-base', 'http://b', '--token-env', 'NONE'],
        /NONE \(--token-env\) is not set/,
      ],
      [['pull', '--record', 'x'], /required option '--source <uri>'/],
      [['pull', '--source', 'x', '--record', 'x'], /It must be a URI/],
      [['pull', '--source', 'a:b'], /Select visits/],
      [['pull', '--source', 'a:b', '--record', 'x', '--patient', 'y'], /Select visits/],
      [['sandbox', '--port', '99999'], /0 to 65535/],
      [['serve', '--config', '/nowhere'], /configuration file \/nowhere: no such file/],
    ] as const) {
      const run = await cli(args);
      expect(run.stderr).toMatch(words);
      expect(run.code).toBe(2);
    }
  });

  it('names the setting of a store that cannot be opened', async () => {
    const env = {
      IMS_FHIR_DATA: fileOf('not-a-directory', 'x'),
      IMS_FHIR_TARGETS: '[{"name":"emr","base":"http://127.0.0.1:9/fhir"}]',
    };
    const run = await cli(['serve'], { env });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('Check IMS_FHIR_DATA');
  });

  it('reports all invalid settings at once', async () => {
    const run = await cli(['serve'], { env: { IMS_FHIR_PORT: 'x', IMS_FHIR_TYPO: 'x' } });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('error at IMS_FHIR_PORT:');
    expect(run.stderr).toContain('error at IMS_FHIR_TYPO: unknown setting');
  });
});
