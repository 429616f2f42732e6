// HTTP client of the service, as in a program of another team.
import { expect } from 'vitest';
import type { PulledVisit } from '../../src/adapter.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import type { DeliveryView, SubmitAnswer } from '../../src/push/submit.ts';

/** Records per request. */
const BATCH = 20;

/** Sends records, waits until each delivery has settled, and returns the deliveries in the same order. */
export async function send(base: string, records: readonly ImsRecord[]): Promise<DeliveryView[]> {
  const ids: string[] = [];
  for (let at = 0; at < records.length; at += BATCH) {
    const lines = records.slice(at, at + BATCH).map((record) => JSON.stringify(record));
    const answer = await fetch(`${base}/v1/records?wait=30`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
    });
    const { results } = (await answer.json()) as SubmitAnswer;
    expect(results.flatMap(({ status, issues }) => (status === 'refused' ? issues : []))).toEqual(
      [],
    );
    ids.push(...results.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)));
  }
  const views: DeliveryView[] = [];
  for (const id of ids) views.push(await settled(base, id));
  return views;
}

async function settled(base: string, id: string): Promise<DeliveryView> {
  let view: DeliveryView | undefined;
  const isSettled = async () => {
    view = (await (await fetch(`${base}/v1/deliveries/${id}`)).json()) as DeliveryView;
    return view.state !== 'queued' && view.state !== 'sending';
  };
  await expect.poll(isSettled, { timeout: 300_000, interval: 500 }).toBe(true);
  if (view === undefined) throw new Error('no delivery');
  return view;
}

/** Pulls one visit from the target of the service. */
export async function pull(
  base: string,
  { source, recordId }: Pick<ImsRecord, 'source' | 'recordId'>,
): Promise<PulledVisit> {
  const path = [source, recordId].map(encodeURIComponent).join('/');
  const answer = await fetch(`${base}/v1/records/${path}`);
  expect([answer.status, path]).toEqual([200, path]);
  return (await answer.json()) as PulledVisit;
}
