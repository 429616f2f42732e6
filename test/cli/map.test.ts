import { describe, expect, it } from 'vitest';
import { linesOf, sampleRecord } from '../service/sample.ts';
import { cli, fileOf } from './cli.ts';

const record = sampleRecord();
const pretty = JSON.stringify(record, undefined, 2);
const broken = sampleRecord('broken', { revision: 0 });
const [a, b] = [sampleRecord('a'), sampleRecord('b')];

describe('map', () => {
  it('prints the bundle of a record from a file or stdin', async () => {
    for (const run of [
      await cli(['map', fileOf('record.json', pretty)]),
      await cli(['map', '-'], { stdin: pretty }),
      await cli(['map'], { stdin: JSON.stringify(record) }),
    ]) {
      expect(run.code).toBe(0);
      expect(JSON.parse(run.stdout)).toMatchObject({ resourceType: 'Bundle', type: 'transaction' });
      expect(run.stdout.split('\n').length).toBeGreaterThan(10);
    }
  });

  it('prints one bundle per line for NDJSON, and reports invalid lines', async () => {
    const lines = `${linesOf([a, broken, b])}\n{"kind":`;
    const run = await cli(['map', fileOf('records.ndjson', lines)]);
    expect(run.code).toBe(1);
    const bundles = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(bundles).toMatchObject([{ resourceType: 'Bundle' }, { resourceType: 'Bundle' }]);
    expect(run.stderr).toMatch(/records\.ndjson line 2: error at \/revision: .*\(range\)/);
    expect(run.stderr).toMatch(/records\.ndjson line 4: error: is not valid JSON/);
  });

  it('prints losses and issues with the bundle with --json', async () => {
    const run = await cli(['map', '--json'], { stdin: pretty });
    expect(JSON.parse(run.stdout)).toMatchObject({
      bundle: { resourceType: 'Bundle' },
      losses: expect.any(Array),
      issues: expect.any(Array),
    });
    expect(run.stderr).toBe('');
  });
});

describe('unmap', () => {
  it('restores the records that were mapped, one or several', async () => {
    const one = await cli(['map'], { stdin: pretty });
    const back = await cli(['unmap', '-'], { stdin: one.stdout });
    expect([back.code, JSON.parse(back.stdout)]).toEqual([0, record]);
    const many = await cli(['map'], { stdin: linesOf([a, b]) });
    const records = await cli(['unmap'], { stdin: many.stdout });
    expect(
      records.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([a, b]);
  });

  it('reads resources one per line, the format of bulk exports', async () => {
    const { stdout } = await cli(['map'], { stdin: pretty });
    const { entry } = JSON.parse(stdout) as { entry: { fullUrl: string; resource: object }[] };
    const lines = entry.map(({ resource }, index) => ({ ...resource, id: `r${index}` }));
    const ids = new Map(lines.map(({ id }, index) => [entry[index]?.fullUrl, id]));
    const text = lines
      .map((resource) => JSON.stringify(resource))
      .join('\n')
      .replace(/urn:uuid:[0-9a-f-]+/g, (url) => `${typeOf(entry, url)}/${ids.get(url)}`);
    const run = await cli(['unmap', '--json'], { stdin: text });
    expect(JSON.parse(run.stdout).visits).toHaveLength(1);
    expect(run.code).toBe(0);
  });

  it('exits with 1 without a record', async () => {
    const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [] });
    const run = await cli(['unmap'], { stdin: bundle });
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('No records found in stdin.');
    expect((await cli(['unmap'], { stdin: 'nonsense' })).code).toBe(1);
  });
});

function typeOf(entry: { fullUrl: string; resource: object }[], url: string): string {
  const found = entry.find(({ fullUrl }) => fullUrl === url)?.resource as { resourceType: string };
  return found.resourceType;
}

describe('validate', () => {
  it('counts valid records', async () => {
    const run = await cli(['validate', fileOf('good.json', pretty)]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/good\.json: 1 valid record\n$/);
  });

  it('reports all issues of all lines', async () => {
    const stdin = `\uFEFF${JSON.stringify(a)}\r\n\r\n${JSON.stringify(broken)}\r\n`;
    const run = await cli(['validate'], { stdin });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/stdin line 3: error at \/revision/);
    expect(run.stdout).toContain('stdin: 1 valid record, 1 invalid document');
  });

  it('prints one JSON result per line for NDJSON', async () => {
    const run = await cli(['validate', '--json'], { stdin: linesOf([a, broken]) });
    const results = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results).toMatchObject([
      { line: 1, valid: true },
      {
        line: 2,
        valid: false,
        issues: expect.arrayContaining([expect.objectContaining({ path: '/revision' })]),
      },
    ]);
  });
});

describe('validate of FHIR', () => {
  it('checks resources and bundles, also mixed with records', async () => {
    const bundle = await cli(['map', '-'], { stdin: pretty });
    const good = await cli(['validate', fileOf('bundle.json', bundle.stdout)]);
    expect(good).toMatchObject({ code: 0 });
    expect(good.stdout).toMatch(/bundle\.json: 1 valid resource$/m);
    const bad = JSON.stringify({ resourceType: 'Patient', gender: 'w' });
    const lines = `${JSON.stringify(record)}\n${bad}\n`;
    const mixed = await cli(['validate', fileOf('mixed.ndjson', lines)]);
    expect(mixed.code).toBe(1);
    expect(mixed.stdout).toMatch(/line 2: error at Patient\.gender: .*\(code-invalid\)/);
    expect(mixed.stdout).toMatch(/mixed\.ndjson: 1 valid record, 1 invalid document$/m);
  });
});

describe('validate of several files', () => {
  it('checks and counts each', async () => {
    const good = fileOf('good.json', pretty);
    const bad = fileOf('bad.ndjson', linesOf([a, broken]));
    const run = await cli(['validate', good, bad]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('good.json: 1 valid record\n');
    expect(run.stdout).toContain('bad.ndjson: 1 valid record, 1 invalid document\n');
    const json = await cli(['validate', '--json', good, bad]);
    const results = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results).toMatchObject([
      { file: good, valid: true },
      { file: bad, line: 1, valid: true },
      { file: bad, line: 2, valid: false },
    ]);
  });
});

describe('configured clinical rules', () => {
  const rules = { referralPayers: ['icbc'] };
  const claims = { claims: [{ key: 'c', payer: 'icbc' }] };
  const stdin = JSON.stringify(sampleRecord('claim', { episode: { id: 'e', claims } }));
  const codesOf = (text: string) =>
    (JSON.parse(text) as { issues: { code: string }[] }).issues.map(({ code }) => code);

  it.each(['validate', 'map'])('apply to %s, from a variable or a file', async (command) => {
    const plain = await cli([command, '--json'], { stdin });
    expect(codesOf(plain.stdout)).not.toContain('rule-8');
    const env = { IMS_FHIR_RULES: JSON.stringify(rules) };
    expect(codesOf((await cli([command, '--json'], { stdin, env })).stdout)).toContain('rule-8');
    const file = fileOf('settings.json', JSON.stringify({ rules }));
    const set = await cli([command, '--json', '--config', file], { stdin });
    expect(codesOf(set.stdout)).toContain('rule-8');
  });

  it('are rejected by path if they contain an unknown code', async () => {
    const env = { IMS_FHIR_RULES: JSON.stringify({ referralPayers: ['aunt'] }) };
    const run = await cli(['validate'], { stdin, env });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('/rules/referralPayers/0');
    expect(run.stderr).not.toContain('aunt');
  });
});

describe('unreadable input', () => {
  it('is reported with its exit code', async () => {
    const missing = await cli(['map', '/nowhere/at-all.json']);
    expect([missing.code, missing.stderr]).toEqual([
      3,
      'Cannot read /nowhere/at-all.json: no such file or directory.\n',
    ]);
    const nothing = await cli(['validate']);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('pipe data into this command');
    const empty = await cli(['map'], { stdin: ' \n' });
    expect([empty.code, empty.stderr]).toEqual([1, 'stdin is empty.\n']);
    const bytes = await cli(['map'], { stdin: Buffer.from('{"kind":"\xe9"}', 'latin1') });
    expect([bytes.code, bytes.stderr]).toEqual([
      1,
      'stdin: error: must be UTF-8; save the file as UTF-8 first (encoding)\n',
    ]);
  });

  it('counts lines as the file does, also in a broken document', async () => {
    const run = await cli(['validate'], { stdin: '\n\n{\n  "kind": visit\n}' });
    expect(run.stdout).toContain('line 4');
  });
});
