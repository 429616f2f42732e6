// Outgoing and received resources are validated, with a sandbox over HTTP.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter, validateResource } from '../../src/adapter.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import type { ValidationDefinitions } from '../../src/validation/compile/definitions.ts';
import { validatorOf } from '../../src/validation/validator.ts';
import { accepted, SOURCE } from '../records.ts';
import { sampleRecord } from '../service/sample.ts';
import { definitions } from '../validation/definitions.ts';

const sandbox = await createSandbox();
afterAll(() => sandbox.close());
beforeEach(() => sandbox.clear());

/** Definitions by which every Encounter is invalid. */
const strict: ValidationDefinitions = {
  ...definitions,
  rules: {
    ...definitions.rules,
    never: {
      key: 'never',
      severity: 'error',
      human: 'Always invalid',
      fhirpath: 'false',
      expression: ['value', false],
      source: 'https://strict.example/StructureDefinition/encounter',
    },
  },
  structures: {
    ...definitions.structures,
    'http://hl7.org/fhir/StructureDefinition/Encounter': {
      ...structure('Encounter'),
      root: { ...structure('Encounter').root, rules: ['never'] },
    },
  },
};

function structure(type: string) {
  const found = definitions.structures[`http://hl7.org/fhir/StructureDefinition/${type}`];
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

function isTransaction(resource: unknown): boolean {
  return (resource as { type?: string }).type === 'transaction';
}

async function open(isStrict: boolean): Promise<Adapter> {
  const target = { name: 'emr', base: sandbox.base, auth: { kind: 'none' } } as const;
  const validator = isStrict ? { validator: validatorOf(strict) } : {};
  return createAdapter({ store: { path: ':memory:' }, targets: [target], ...validator });
}

async function send(adapter: Adapter) {
  const { results } = await adapter.submit([accepted(sampleRecord('v1'))], { waitMs: 20_000 });
  const [delivery] = results[0]?.deliveries ?? [];
  return adapter.delivery(delivery?.id ?? '');
}

describe('validation of deliveries and received resources', () => {
  it('holds a delivery that maps to invalid FHIR, with its issues, and sends nothing', async () => {
    const adapter = await open(true);
    const delivery = await send(adapter);
    expect(delivery).toMatchObject({ state: 'held', cause: 'validation' });
    expect(delivery?.issues).toEqual([
      expect.objectContaining({
        path: expect.stringMatching(/^Bundle\.entry\[\d+\]\.resource$/),
        source: 'https://strict.example/StructureDefinition/encounter#never',
      }),
    ]);
    expect(sandbox.resources()).toEqual([]);
    await adapter.close();
  });

  it('sends exactly the bundle that was validated, retractions and restored resources included', async () => {
    const validated: string[] = [];
    const sent: string[] = [];
    const checker = validatorOf(definitions);
    const server = await createSandbox({
      beforeHandling: async ({ method, body }) => {
        if (method === 'POST') sent.push(JSON.stringify(body));
      },
    });
    const adapter = await createAdapter({
      store: { path: ':memory:' },
      targets: [{ name: 'emr', base: server.base }],
      validator: {
        ...checker,
        validate(resource, options) {
          if (isTransaction(resource)) validated.push(JSON.stringify(resource));
          return checker.validate(resource, options);
        },
      },
    });
    const visit = { date: '2026-06-01', practitioners: ['dr-1'] };
    const pregnancy = (answer: string) => ({ screening: { pregnancy: { answer } } });
    for (const changes of [
      { recordId: 'v1', ...pregnancy('yes') },
      { recordId: 'v2', ...pregnancy('no'), visit },
      { recordId: 'v2', revision: 2, status: 'entered-in-error' },
    ]) {
      const read = accepted({ ...sampleRecord('v1'), ...changes });
      const { results } = await adapter.submit([read], { waitMs: 20_000 });
      expect(results[0]?.deliveries[0]?.state).toBe('delivered');
    }
    expect(sent).toHaveLength(3);
    expect(validated).toEqual(sent);
    await adapter.close();
    await server.close();
  });

  it('reports invalid FHIR of a server, and reads the visit anyway', async () => {
    const sender = await open(false);
    expect(await send(sender)).toMatchObject({ state: 'delivered' });
    const clean = await sender.pull({ source: SOURCE, recordId: 'v1' });
    expect(clean?.issues).toEqual([]);
    await sender.close();
    const reader = await open(true);
    const visit = await reader.pull({ source: SOURCE, recordId: 'v1' });
    expect(visit?.record).toBeDefined();
    expect(visit?.issues).toEqual([
      expect.objectContaining({ severity: 'warning', code: 'invariant' }),
    ]);
    await reader.close();
  });

  it('is exported by the library', () => {
    const issues = validateResource({ resourceType: 'Patient', name: [{ family: '' }] });
    expect(issues).toContainEqual(
      expect.objectContaining({ severity: 'error', path: 'Patient.name[0].family' }),
    );
  });
});
