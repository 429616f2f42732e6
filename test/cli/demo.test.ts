import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadExamples } from '../../src/cli/demo-run.ts';
import { keepText, outcomeText } from '../../src/cli/demo-text.ts';
import { cli, start } from './cli.ts';

const examples = readdirSync(new URL('../../examples/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('demo', () => {
  it('shows for every example its resources, its delivery and that it was read back unchanged', async () => {
    const { code, stdout, stderr } = await cli(['demo']);
    expect([code, stderr]).toEqual([0, '']);
    const unwrapped = stdout.replaceAll(/\s+/g, ' ');
    for (const name of examples) expect(unwrapped).toContain(`(invented), ${name} `);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThan(80);
    expect(stdout.match(/^ {3}mapped to \d+ resources?: /gm)).toHaveLength(examples.length);
    expect(stdout.match(/read back: equal to the record sent/g)).toHaveLength(examples.length);
    expect(stdout).toContain(
      `All ${examples.length} visits were read back equal to the records sent.`,
    );
    expect(stdout).toMatch(
      /sandbox: delivered; read back from http:\/\/127\.0\.0\.1:\d+\/fhir\/\n {5}Procedure\//,
    );
  });

  it('prints the same as JSON', async () => {
    const { code, stdout } = await cli(['demo', '--json']);
    expect(code).toBe(0);
    const { visits } = JSON.parse(stdout);
    expect(visits.map(({ name }: { name: string }) => name)).toEqual(examples);
    for (const visit of visits) {
      expect(visit).toMatchObject({
        status: 'accepted',
        deliveries: [{ target: 'sandbox', state: 'delivered' }],
        isEqual: true,
      });
      expect(visit.references.length).toBeGreaterThan(1);
    }
  });

  it('keeps running with --keep, and the commands it prints work', async () => {
    const { child, output, ended } = start('main.ts', ['demo', '--keep']);
    await output(/Stop with Ctrl-C/);
    const [, service = ''] = await output(/S=(\S+)/);
    const [, visit = ''] = await output(/V='(\S+)'/);
    const pulled = await (await fetch(`${service}/v1/records/${visit}`)).json();
    expect(pulled).toMatchObject({ record: { kind: 'visit' } });
    const [, fhir = ''] = await output(/'(\S+)\/Procedure\?/);
    const found = await (await fetch(`${fhir}/Procedure?_count=10`)).json();
    expect(found).toMatchObject({ resourceType: 'Bundle' });
    expect((await fetch(`${service}/docs/`)).status).toBe(200);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThan(80);
  });

  it('reports records that could not be read back', async () => {
    const [example] = await loadExamples();
    if (example === undefined) throw new Error('there is no example');
    const addresses = { service: 'http://127.0.0.1:1', fhir: 'http://127.0.0.1:2/fhir' };
    const held = {
      ...example,
      status: 'accepted',
      deliveries: [{ id: '1', target: 'sandbox', state: 'held', cause: 'patient-unmatched' }],
      resources: { Patient: 1 },
      references: [],
      isEqual: false,
      losses: [{ path: '/patient/phone', reason: 'the server does not store it' }],
      issues: [{ severity: 'error', code: 'x', path: '', message: 'no patient matches' }] as const,
    };
    const text = outcomeText(held, 1, addresses);
    expect(text).toContain('sandbox: held (patient-unmatched)\n');
    expect(text).toContain('read back: nothing found');
    expect(text).toContain('lost at /patient/phone: the server does not store it');
    expect(text).toContain('error: no patient matches (x)');
    expect(keepText(addresses, held)).toContain("V='");
  });

  it('reports that the examples are missing', async () => {
    await expect(loadExamples(new URL('./none/', import.meta.url))).rejects.toThrow('examples');
  });
});
