import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { policyOf } from '../../src/adapter.ts';
import { mapAnswer, unmapAnswer, validateAnswer } from '../../src/service/schemas.ts';
import { startHarness } from './harness.ts';
import { sampleRecord } from './sample.ts';

const { app, sandbox } = await startHarness();

const post = (path: string, body: object | string, type = 'application/json') =>
  request(app)
    .post(path)
    .set('content-type', type)
    .send(typeof body === 'string' ? body : JSON.stringify(body));

describe('POST /v1/map', () => {
  it('returns Bundle, losses and issues, and sends nothing', async () => {
    const answer = await post('/v1/map', sampleRecord());
    expect(answer.status).toBe(200);
    expect(mapAnswer.parse(answer.body).bundle).toMatchObject({ resourceType: 'Bundle' });
    expect(sandbox.resources()).toEqual([]);
  });

  it('returns only the Bundle for Accept: application/fhir+json', async () => {
    const answer = await post('/v1/map', sampleRecord()).set('accept', 'application/fhir+json');
    expect(answer.type).toBe('application/fhir+json');
    expect(JSON.parse(answer.text)).toMatchObject({ resourceType: 'Bundle', type: 'transaction' });
  });

  it('rejects other media types', async () => {
    const answer = await post('/v1/map', sampleRecord()).set('accept', 'application/fhir+xml');
    expect([answer.status, answer.body.code]).toEqual([406, 'not-acceptable']);
  });

  it('returns a problem with pointers for an invalid record', async () => {
    const answer = await post('/v1/map', sampleRecord('m', { revision: 0 }));
    expect([answer.status, answer.body.code]).toEqual([422, 'refused-record']);
    expect(answer.body.issues).toMatchObject([{ path: '/revision' }]);
  });
});

describe('POST /v1/unmap', () => {
  it('returns the record that was mapped', async () => {
    const { body } = await post('/v1/map', sampleRecord());
    for (const type of ['application/json', 'application/fhir+json']) {
      const answer = await post('/v1/unmap', body.bundle, type);
      expect(answer.status).toBe(200);
      expect(unmapAnswer.parse(answer.body).visits).toMatchObject([{ record: sampleRecord() }]);
    }
  });

  it('returns no record and one issue each for twenty resources of another system', async () => {
    const entry = Array.from({ length: 20 }, (_, index) => ({
      fullUrl: `https://elsewhere.example/Observation/${index}`,
      resource: {
        resourceType: 'Observation',
        id: `o${index}`,
        status: 'final',
        code: { text: 'Markerson' },
        valueQuantity: { value: 1.123456789, unit: 'mm' },
      },
    }));
    const answer = await post('/v1/unmap', { resourceType: 'Bundle', type: 'collection', entry });
    expect(answer.status).toBe(200);
    expect(unmapAnswer.parse(answer.body)).toMatchObject({ visits: [] });
    expect(answer.body.issues).toHaveLength(20);
    expect(answer.text).not.toContain('Markerson');
  });

  it('accepts any JSON', async () => {
    for (const body of ['{}', '[]', '1', 'null', '{"resourceType":"Bundle","entry":[null,1,{}]}']) {
      const answer = await post('/v1/unmap', body);
      expect(answer.status).toBe(200);
      expect(unmapAnswer.parse(answer.body).visits).toEqual([]);
      expect(answer.body.issues.length).toBeGreaterThan(0);
    }
  });

  it('rejects invalid JSON and duplicate members', async () => {
    for (const body of ['{', '{"resourceType":"Bundle","resourceType":"Patient"}']) {
      expect((await post('/v1/unmap', body)).status).toBe(400);
    }
  });
});

describe('POST /v1/validate', () => {
  it('returns issues with pointers', async () => {
    const valid = await post('/v1/validate', sampleRecord());
    expect(validateAnswer.parse(valid.body).valid).toBe(true);
    const answer = await post('/v1/validate', sampleRecord('v', { revision: 0, status: 'x' }));
    expect(answer.status).toBe(200);
    expect(answer.body.valid).toBe(false);
    const paths = answer.body.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['/revision', '/status']));
  });

  it('includes warnings of clinical rules', async () => {
    const answer = await post('/v1/validate', sampleRecord());
    expect(answer.body.issues).toContainEqual(expect.objectContaining({ severity: 'warning' }));
  });

  it('validates a FHIR resource or Bundle, and returns path and rule of each issue', async () => {
    const { body } = await post('/v1/map', sampleRecord());
    const valid = await post('/v1/validate', body.bundle, 'application/fhir+json');
    expect(valid.body).toEqual({ valid: true, issues: [] });
    const patient = { resourceType: 'Patient', gender: 'Markerson', birthDate: '1980-02-30' };
    const answer = await post('/v1/validate', patient);
    expect(validateAnswer.parse(answer.body).valid).toBe(false);
    const issues = answer.body.issues.map(({ path, source }: Record<string, string>) => [
      path,
      source,
    ]);
    const core = 'http://hl7.org/fhir/StructureDefinition';
    expect(issues).toEqual(
      expect.arrayContaining([
        ['Patient.gender', `${core}/Patient#binding`],
        ['Patient.birthDate', `${core}/date#calendar`],
      ]),
    );
    expect(answer.text).not.toContain('Markerson');
  });

  it('is 400 for invalid JSON', async () => {
    expect((await post('/v1/validate', 'nonsense')).status).toBe(400);
  });
});

it('accepts only JSON on each path', async () => {
  for (const path of ['/v1/map', '/v1/unmap', '/v1/validate']) {
    expect((await post(path, 'x', 'text/plain')).status).toBe(415);
    expect((await post(path, '')).status).toBe(400);
  }
});

it('applies the configured clinical policy', async () => {
  const set = await startHarness({}, { policy: policyOf({ referralPayers: ['icbc'] }) });
  const episode = { id: 'e', claims: { claims: [{ key: 'c', payer: 'icbc' }] } };
  const record = sampleRecord('claim', { episode });
  const codesOf = async (service: typeof app, path: string) => {
    const answer = await request(service).post(path).send(record);
    const { issues, results } = answer.body as Record<string, { code: string }[]>;
    const [first] = (results ?? []) as unknown as { issues: { code: string }[] }[];
    return (first?.issues ?? issues ?? []).map(({ code }) => code);
  };
  for (const path of ['/v1/map', '/v1/validate', '/v1/records?target=gone']) {
    expect(await codesOf(app, path)).not.toContain('rule-8');
    expect(await codesOf(set.app, path)).toContain('rule-8');
  }
});
