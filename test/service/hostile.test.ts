import fc from 'fast-check';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { startHarness } from './harness.ts';
import { sampleRecord } from './sample.ts';

const { app } = await startHarness();

const post = (path: string, body: string, type = 'application/json') =>
  request(app).post(path).set('content-type', type).send(body);

/** The sample record with one member, at any depth, replaced by anything JSON can hold. */
const damaged = fc.tuple(fc.nat(), fc.jsonValue()).map(([pick, value]) => {
  const record: unknown = structuredClone(sampleRecord());
  const places: [Record<string, unknown>, string][] = [];
  const walk = (at: unknown) => {
    if (typeof at !== 'object' || at === null) return;
    for (const name of Object.keys(at)) {
      places.push([at as Record<string, unknown>, name]);
      walk((at as Record<string, unknown>)[name]);
    }
  };
  walk(record);
  const [owner, name] = places[pick % places.length] ?? [];
  if (owner !== undefined && name !== undefined) owner[name] = value;
  return JSON.stringify(record);
});

/** A mapped bundle with one entry's resource damaged in the same way. */
async function bundle(): Promise<{ entry: { resource: Record<string, unknown> }[] }> {
  return (await post('/v1/map', JSON.stringify(sampleRecord()))).body.bundle;
}

describe('nothing that is sent makes the service fail', () => {
  it('records with anything in them', async () => {
    const property = fc.asyncProperty(damaged, async (body) => {
      for (const path of ['/v1/records?target=first', '/v1/map', '/v1/validate']) {
        const { status } = await post(path, body);
        expect(status).toBeLessThan(500);
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('any text as body, one document or lines', async () => {
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

  it('bundles with anything in their resources', async () => {
    const good = await bundle();
    const damage = fc.tuple(fc.nat(), fc.nat(), fc.jsonValue());
    const property = fc.asyncProperty(damage, async ([pick, which, value]) => {
      const copy = structuredClone(good);
      const { resource } = copy.entry[pick % copy.entry.length] ?? { resource: {} };
      const names = Object.keys(resource);
      resource[names[which % names.length] ?? 'id'] = value;
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
