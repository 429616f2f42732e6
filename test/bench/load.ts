// The service under load: records accepted and delivered per second. All processes share one machine, which
// the README states with the figures.
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { median } from './measure.ts';
import { type Running, startServer, startService } from './processes.ts';
import { smallRecord } from './samples.ts';

const CONNECTIONS = 32;
const ROUNDS = 5;

/** Records accepted per second, absolute and relative to an endpoint that stores nothing. */
export interface Accepted {
  readonly perSecond: number;
  readonly ofPlain: number;
}

/** Measures accepting: one request per record, without deliveries at the same time. */
export async function accept(count: number): Promise<Accepted> {
  // It never answers, so that deliveries use no CPU time.
  const target = await startServer('silent');
  const service = await startService(target.base);
  const plain = await startServer('plain');
  try {
    const next = newRecords();
    await post(service, count, next);
    await post(plain, count, next);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(count / (await post(service, count, next)));
      theirs.push(count / (await post(plain, count, next)));
    }
    return { perSecond: median(ours), ofPlain: median(ours) / median(theirs) };
  } finally {
    await Promise.all([service, plain, target].map((one) => one.stop()));
  }
}

/** Records per second, from the first request until the last delivery to a server that answers at once. */
export async function endToEnd(count: number): Promise<number> {
  const target = await startServer('instant');
  const service = await startService(target.base);
  try {
    const next = newRecords();
    const warm = Math.ceil(count / 4);
    await post(service, warm, next);
    await arrived(target, warm);
    const startedAt = performance.now();
    await post(service, count, next);
    await arrived(target, warm + count);
    return (1000 * count) / (performance.now() - startedAt);
  } finally {
    await Promise.all([service, target].map((one) => one.stop()));
  }
}

async function arrived({ base }: Running, count: number): Promise<void> {
  for (;;) {
    const { count: received } = (await (await fetch(`${base}/count`)).json()) as { count: number };
    if (received >= count) return;
    await wait(20);
  }
}

/** Posts `count` records over all connections and returns the seconds. */
async function post({ base }: Running, count: number, next: () => string): Promise<number> {
  const pool = new Pool(base, { connections: CONNECTIONS });
  const headers = { 'content-type': 'application/json' };
  let left = count;
  const sender = async () => {
    while (left-- > 0) {
      const answer = await pool.request({
        method: 'POST',
        path: '/v1/records',
        headers,
        body: next(),
      });
      await answer.body.dump();
      if (answer.statusCode !== 202)
        throw new Error(`expected status 202, got ${answer.statusCode}`);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return seconds;
}

/** Creates records of different visits, several for each patient. */
function newRecords(): () => string {
  const { patient, ...rest } = smallRecord();
  let number = 0;
  return () => {
    number++;
    return JSON.stringify({
      ...rest,
      recordId: `B-${number}`,
      patient: { ...patient, id: `P-${number % 1000}` },
    });
  };
}
