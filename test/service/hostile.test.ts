import fc from 'fast-check';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { startHarness } from './harness.ts';
import { sampleRecord } from './sample.ts';

const { app } = await startHarness();

const post = (path: string, body: string, type = 'application/json') =>
  request(app).post(path).set('content-type', type).send(body);

/** The sample record with one member, at any depth, replaced by any JSON value. */
const damaged = fc.tuple(fc.nat(), fc.jsonValue()).map(([pick, value]) => {
  const record: unknown = structuredClone(sampleRecord());
  const members: [Record<string, unknown>, string][] = [];
  const collect = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      members.push([value as Record<string, unknown>, name]);
      collect((value as Record<string, unknown>)[name]);
    }
  };
  collect(record);
  const [owner, name] = members[pick % members.length] ?? [];
  if (owner !== undefined && name !== undefined) owner[name] = value;
  return JSON.stringify(record);
});

/** The mapped Bundle of the sample record. */
async function mappedBundle(): Promise<{ entry: { resource: Record<string, unknown> }[] }> {
  return (await post('/v1/map', JSON.stringify(sampleRecord()))).body.bundle;
}

describe('the service never fails with 5xx for', () => {
  it('records with any JSON value in any member', async () => {
    const property = fc.asyncProperty(damaged, async (body) => {
      for (const path of ['/v1/records?target=first', '/v1/map', '/v1/validate']) {
        const { status } = await post(path, body);
        expect(status).toBeLessThan(500);
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('any text as body, as JSON or NDJSON', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constant('['.repeat(100_000)),
    );
    const property = fc.asyncProperty(text, async (body) => {
      for (const path of ['/v1/records', '/v1/records/search', '/v1/unmap', '/v1/validate']) {
        expect((await post(path, body)).status).toBeLessThan(500);
      }
      expect((await post('/v1/records', body, 'application/x-ndjson')).status).toBeLessThan(500);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('Bundles with any JSON value in any element', async () => {
    const bundle = await mappedBundle();
    const damage = fc.tuple(fc.nat(), fc.nat(), fc.jsonValue());
    const property = fc.asyncProperty(damage, async ([entryIndex, nameIndex, value]) => {
      const copy = structuredClone(bundle);
      const { resource } = copy.entry[entryIndex % copy.entry.length] ?? { resource: {} };
      const names = Object.keys(resource);
      resource[names[nameIndex % names.length] ?? 'id'] = value;
      const answer = await post('/v1/unmap', JSON.stringify(copy));
      expect(answer.status).toBe(200);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('any path and query', async () => {
    const property = fc.asyncProperty(
      fc.webPath(),
      fc.webQueryParameters(),
      async (path, query) => {
        for (const start of ['/v1/records/a%3Ab', '/fhir', '/docs', '/v1/deliveries']) {
          const { status } = await request(app).get(`${start}${path}?target=first&${query}`);
          expect(status).toBeLessThan(500);
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});
