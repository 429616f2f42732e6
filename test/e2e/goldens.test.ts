// Every golden case is sent through the service to a FHIR server and read back.
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

/** Records that must be sent before: the screening that a session is based on, or the visit that is retracted. */
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

describe.each(goldens)('$name', (golden) => {
  const record = recordOf(golden);

  it('is delivered, and again without a new resource', async () => {
    for (const earlier of before(record)) await send(earlier);
    expect(await send(record)).toMatchObject({ deliveries: [{ state: 'delivered' }] });
    const count = sandbox.resources().length;
    await send(record);
    expect(sandbox.resources()).toHaveLength(count);
  });

  it('is read back equal to the record sent, without injuries of staff', async () => {
    const { staffEvents: _, ...sent } = record;
    expect(await pull(record)).toEqual(sent);
  });
});

it('a script in a chart is escaped in narratives', () => {
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

it('an event that is first suspected and then confirmed is one AdverseEvent', () => {
  const events = sandbox.resources().filter((resource) => {
    const { event } = resource as { event?: { coding?: { code?: string }[] } };
    return event?.coding?.some(({ code }) => code === 'pneumothorax') === true;
  });
  expect(events.map(({ resourceType }) => resourceType)).toEqual(['AdverseEvent']);
  expect((events[0] as { text?: { div?: string } }).text?.div).toContain('Verification: confirmed');
});
