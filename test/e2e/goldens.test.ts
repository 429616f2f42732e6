// Every golden case through the real service into a FHIR server and back, as a clinic sends it.
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { goldens, recordOf } from '../golden/cases.ts';
import { startHarness } from '../service/harness.ts';

const { app, sandbox } = await startHarness();

async function send(record: ImsRecord) {
  const answer = await request(app).post('/v1/records?target=first&wait=20').send(record);
  expect(answer.status).toBe(200);
  return (answer.body as { results: { deliveries: { state: string; cause?: string }[] }[] })
    .results[0];
}

async function pull({ source, recordId }: ImsRecord): Promise<unknown> {
  const path = `/v1/records/${encodeURIComponent(source)}/${encodeURIComponent(recordId)}`;
  const answer = await request(app).get(`${path}?target=first`);
  expect(answer.status).toBe(200);
  return (answer.body as { record: unknown }).record;
}

/** What a clinic has sent before: the screening a session rests on, the visit now taken back. */
function before(record: ImsRecord): ImsRecord[] {
  const { session, corrections: _, ...rest } = record;
  const { basis, recordId } = session?.screening ?? {};
  if (basis === 'other-record' && recordId !== undefined) {
    const { events, contacts, assessment, ...earlier } = rest;
    const screening = { cancer: { answer: 'no' } } as const;
    return [{ ...earlier, recordId, revision: 1, status: 'final', screening }];
  }
  if (record.status !== 'entered-in-error') return [];
  return [{ ...rest, ...(session === undefined ? {} : { session }), revision: 1, status: 'final' }];
}

describe.each(goldens)('$name', (one) => {
  const record = recordOf(one);

  it('is delivered, and once more without a new resource', async () => {
    for (const earlier of before(record)) await send(earlier);
    expect(await send(record)).toMatchObject({ deliveries: [{ state: 'delivered' }] });
    const count = sandbox.resources().length;
    await send(record);
    expect(sandbox.resources()).toHaveLength(count);
  });

  it('comes back as it was sent, but for what concerns staff', async () => {
    const { staffEvents: _, ...sent } = record;
    expect(await pull(record)).toEqual(sent);
  });
});

it('no script of a chart reaches a narrative', () => {
  const narratives = sandbox
    .resources()
    .map((resource) => (resource as { text?: { div?: string } }).text?.div ?? '');
  expect(narratives.join('')).toContain('&lt;script&gt;');
  const tags = narratives.join('').matchAll(/<\/?([a-z]+)/gi);
  const allowed = ['div', 'p', 'b', 'br', 'i', 'ul', 'li'];
  expect(
    [...new Set([...tags].map(([, tag]) => tag))].filter((tag) => !allowed.includes(tag ?? '')),
  ).toEqual([]);
});

it('an event told first as a suspicion and then as confirmed is one event', () => {
  const told = sandbox.resources().filter((resource) => {
    const { event } = resource as { event?: { coding?: { code?: string }[] } };
    return event?.coding?.some(({ code }) => code === 'pneumothorax') === true;
  });
  expect(told.map(({ resourceType }) => resourceType)).toEqual(['AdverseEvent']);
  expect((told[0] as { text?: { div?: string } }).text?.div).toContain('Verification: confirmed');
});
