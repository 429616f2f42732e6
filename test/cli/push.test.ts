import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { createAdapter } from '../../src/adapter.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { listen } from '../../src/service/listen.ts';
import { SOURCE } from '../records.ts';
import { linesOf, sampleRecord } from '../service/sample.ts';
import { cli, fileOf } from './cli.ts';

const KEY = 'a-key-of-more-than-16';
const sandbox = await createSandbox();
const adapter = await createAdapter({
  store: { path: ':memory:' },
  targets: [{ name: 'main', base: sandbox.base, auth: { kind: 'none' } }],
});
const logger = pino({ level: 'silent' });
const service = await listen({ adapter, logger, host: '127.0.0.1', port: 0, apiKey: KEY });
afterAll(async () => {
  await service.close({ graceMs: 0 });
  await adapter.close({ graceMs: 0 });
  await sandbox.close();
});
const env = { IMS_FHIR_API_KEY: KEY };
const push = (files: readonly string[], ...more: string[]) =>
  cli(['push', ...files, '--to', `${service.base}/`, ...more], { env });

describe('push to a service', () => {
  it('sends one record and prints its deliveries', async () => {
    const file = fileOf('one.json', JSON.stringify(sampleRecord('one'), undefined, 2));
    const run = await push([file], '--wait', '20');
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`${file}: accepted\n`);
    expect(run.stdout).toMatch(/delivery \d+ to main: delivered\n/);
    expect(run.stdout).toMatch(
      /1 accepted, 0 duplicates \(already stored\), 0 refused\ndeliveries: 1 delivered\n$/,
    );
    expect((await push([file])).stdout).toContain('0 accepted, 1 duplicate (already stored)');
  });

  it('sends several files in batches, and reports line numbers of the files', async () => {
    const many = Array.from({ length: 1002 }, (_, index) =>
      index === 1000 ? '{"kind":"visit"}' : JSON.stringify(sampleRecord(`m${index % 3}`)),
    );
    const first = fileOf('many.ndjson', `\n${many.join('\n')}`);
    const second = fileOf('few.ndjson', linesOf([sampleRecord('m1'), sampleRecord('x1')]));
    const run = await push([first, second]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(`${first} line 1002: refused`);
    expect(run.stdout).toContain('4 accepted, 999 duplicates (already stored), 1 refused');
  });

  it('prints one JSON result per line', async () => {
    const file = fileOf('json.ndjson', `${linesOf([sampleRecord('j1')])}\nnonsense`);
    const run = await push([file], '--json');
    expect(run.code).toBe(1);
    expect(
      run.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { file, line: 1, recordId: 'j1', status: 'accepted' },
      { file, line: 2, status: 'refused' },
    ]);
  });

  it('rejects lines that are not UTF-8 before sending', async () => {
    const file = fileOf('latin.ndjson', Buffer.from('{"kind":"\xe9"}', 'latin1'));
    const run = await push([file]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('line 1: error: must be UTF-8');
  });

  it('refuses a file that is not JSON and sends the others', async () => {
    const bad = fileOf('bad.json', '# Readme');
    const good = fileOf('good.json', JSON.stringify(sampleRecord('after-bad')));
    const run = await push([bad, good]);
    expect([run.code, run.stderr]).toEqual([1, '']);
    expect(run.stdout).toContain(`${bad}: refused\n${bad}: error: `);
    expect(run.stdout).toContain('1 accepted, 0 duplicates (already stored), 1 refused');
  });

  it('says what to do if the service is unreachable, requires a key or is something else', async () => {
    const file = fileOf('r.json', JSON.stringify(sampleRecord('r')));
    const nobody = await cli(['push', file, '--to', 'http://127.0.0.1:1']);
    expect(nobody.code).toBe(3);
    expect(nobody.stderr).toContain('start the service with: ims-fhir serve');
    const keyless = await cli(['push', file, '--to', service.base]);
    expect(keyless.code).toBe(2);
    expect(keyless.stderr).toContain('Set IMS_FHIR_API_KEY');
    const other = await cli(['push', file, '--to', sandbox.base]);
    expect(other.code).toBe(3);
    expect(other.stderr).toContain('Is it an ims-fhir service of version');
  });

  it('reports an unknown target', async () => {
    const file = fileOf('q.json', JSON.stringify(sampleRecord('q')));
    const other = await push([file], '--target', 'other');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('target')]);
  });
});

describe('push to a FHIR server', () => {
  it('writes to it without a service', async () => {
    const run = await cli(['push', '-', '--target-base', sandbox.base], {
      stdin: linesOf([sampleRecord('d1'), sampleRecord('d2')]),
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('deliveries: 2 delivered');
    expect(await adapter.pull({ source: SOURCE, recordId: 'd2' })).toBeDefined();
  });

  it('exits with 3 if it is unreachable', async () => {
    const file = fileOf('n.json', JSON.stringify(sampleRecord('n')));
    const run = await cli(['push', file, '--target-base', 'http://127.0.0.1:1/fhir']);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('queued (unreachable)');
  });
});

describe('pull', () => {
  const pull = (...args: string[]) =>
    cli(['pull', '--at', service.base, '--source', SOURCE, ...args], { env });

  it('prints one record equal to the one pushed', async () => {
    await push([fileOf('p.json', JSON.stringify(sampleRecord('p/1 ä')))], '--wait', '20');
    const run = await pull('--record', 'p/1 ä');
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toEqual(sampleRecord('p/1 ä'));
    const whole = await pull('--record', 'p/1 ä', '--json');
    expect(JSON.parse(whole.stdout)).toMatchObject({ record: sampleRecord('p/1 ä'), losses: [] });
  });

  it('prints all visits of a patient as NDJSON, over all pages', async () => {
    const patient = { id: 'of-many', name: { text: 'Many Visits' } };
    const records = Array.from({ length: 25 }, (_, index) =>
      sampleRecord(`v${index}`, { patient }),
    );
    await push([fileOf('v.ndjson', linesOf(records))], '--wait', '30');
    const run = await pull('--patient', 'of-many');
    expect(run.code).toBe(0);
    const ids = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).recordId);
    expect(new Set(ids).size).toBe(25);
  });

  it('exits with 1 if nothing is found', async () => {
    expect(await pull('--record', 'none')).toMatchObject({ code: 1, stdout: '' });
    const run = await pull('--patient', 'nobody');
    expect([run.code, run.stderr]).toEqual([1, 'No visits found.\n']);
  });
});
