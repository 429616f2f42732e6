import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { SOURCE } from '../records.ts';
import { MARKERS, sampleRecord } from '../service/sample.ts';
import { start } from './cli.ts';

const scratch = mkdtempSync(join(tmpdir(), 'ims-process-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const postTo = (base: string, headers: Record<string, string> = {}) =>
  fetch(`${base}/v1/records?wait=20`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(sampleRecord()),
  });

describe('serve without settings', () => {
  it('is a trial run that says so, accepts records, and deletes everything at the end', async () => {
    const env = { IMS_FHIR_PORT: '0', TMPDIR: mkdtempSync(join(scratch, 'tmp-')) };
    const { child, output, ended } = start('main.ts', ['serve'], { env });
    const [, base = ''] = await output(/Service: (\S+)/);
    await output(/Trial run, because neither[\s\S]*Stop it with Ctrl-C/);
    const [, fhir = ''] = await output(/FHIR server: (\S+)/);
    expect(readdirSync(env.TMPDIR)).toHaveLength(1);
    expect((await postTo(base)).status).toBe(200);
    expect(await (await fetch(`${fhir}/Procedure`)).json()).toMatchObject({ total: 1 });
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(0);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
    for (const marker of MARKERS) expect(stdout + stderr).not.toContain(marker);
    for (const line of stderr.split('\n')) expect(line.length).toBeLessThan(80);
    await expect(fetch(`${fhir}/Procedure`)).rejects.toThrow();
  });
});

describe('serve with settings', () => {
  it('keeps its store across restarts, readable only by its owner', async () => {
    const sandbox = await createSandbox();
    const dataDir = join(scratch, 'data');
    const config = join(scratch, 'config.json');
    const apiKey = 'a-key-of-more-than-16';
    const targets = [{ name: 'main', base: sandbox.base }];
    writeFileSync(config, JSON.stringify({ dataDir, apiKey, targets, port: 0 }));
    const states: string[] = [];
    for (const _ of [1, 2]) {
      const { child, output, ended } = start('main.ts', ['serve', '--config', config, '--json']);
      const [, base = ''] = await output(/"base":"([^"]+)"/);
      expect((await postTo(base)).status).toBe(401);
      const answer = await postTo(base, { authorization: `Bearer ${apiKey}` });
      const { results } = (await answer.json()) as { results: { status: string }[] };
      states.push(results[0]?.status ?? '');
      child.kill('SIGINT');
      const { code, stdout } = await ended;
      expect([code, JSON.parse(stdout)]).toEqual([0, { base }]);
    }
    await sandbox.close();
    expect(states).toEqual(['accepted', 'duplicate']);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(dataDir)) {
      expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
    }
  });

  it('does not start without a key on an address that others can reach', async () => {
    const env = { IMS_FHIR_HOST: '0.0.0.0', IMS_FHIR_PORT: '0' };
    const { code, stderr } = await start('main.ts', ['serve'], { env }).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('IMS_FHIR_API_KEY');
  });
});

describe('sandbox', () => {
  it('serves FHIR until it is stopped', async () => {
    const { child, output, ended } = start('main.ts', ['sandbox', '--port', '0']);
    const [, base = ''] = await output(/In-memory FHIR server: (\S+)/);
    const metadata = await (await fetch(`${base}/metadata`)).json();
    expect(metadata).toMatchObject({ resourceType: 'CapabilityStatement' });
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('the process', () => {
  it('pipes map into unmap', async () => {
    const map = start('main.ts', ['map', '-']);
    const unmap = start('bin.ts', ['unmap', '-']);
    map.child.stdout?.pipe(unmap.child.stdin as NodeJS.WritableStream);
    map.child.stdin?.end(JSON.stringify(sampleRecord()));
    const { code, stdout } = await unmap.ended;
    expect([code, JSON.parse(stdout)]).toEqual([0, sampleRecord()]);
    expect((await map.ended).code).toBe(0);
  });

  it('ends without an error if the reader of its output ends early', async () => {
    const { child, ended } = start('main.ts', ['map', '-']);
    child.stdout?.destroy();
    child.stdin?.end(`${JSON.stringify(sampleRecord())}\n`.repeat(50));
    expect(await ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('EPIPE') });
  });

  it('repeats no argument in a failure message', async () => {
    const args = [
      'pull',
      '--at',
      'http://127.0.0.1:1',
      '--source',
      SOURCE,
      '--record',
      'record-marker',
    ];
    const { code, stdout, stderr } = await start('main.ts', args).ended;
    expect(code).toBe(3);
    for (const marker of MARKERS) expect(stdout + stderr).not.toContain(marker);
  });
});

describe('an unsupported Node', () => {
  const withVersions = (versions: object) => [
    '--import',
    `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,...${JSON.stringify(versions)}}})`,
  ];

  it('is rejected before anything else is loaded', async () => {
    for (const [versions, words] of [
      [
        { node: '20.19.0' },
        /^ims-fhir requires Node 22\.23\.3\+.* this is Node 20\.19\.0\.\nInstall .*\n$/,
      ],
      [
        { tz: '2025c' },
        /^ims-fhir requires time zone data 2026b.* includes 2025c\.\nInstall .*\n$/,
      ],
    ] as const) {
      for (const file of ['bin.ts', 'main.ts'] as const) {
        const { code, stdout, stderr } = await start(file, ['--version'], {
          flags: withVersions(versions),
        }).ended;
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toMatch(words);
      }
    }
  });
});
