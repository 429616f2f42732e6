// The service under load: how fast records are taken, and how fast they arrive. Every process shares
// the machine with the one that asks, as it is said with the figures.
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { median } from './measure.ts';
import { type Running, startServer, startService } from './processes.ts';
import { smallRecord } from './samples.ts';

const CONNECTIONS = 32;
const ROUNDS = 5;

/** Records that were taken in a second, and as a part of what an endpoint does that keeps nothing. */
export interface Accepted {
  readonly perSecond: number;
  readonly ofPlain: number;
}

/** How fast the service takes records, each a request of its own, nothing being delivered meanwhile. */
export async function accept(count: number): Promise<Accepted> {
  // It never answers, so that no delivery takes part of the machine.
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

/** Records a second from the first request until the last has arrived at a server that takes all at once. */
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
    const { taken } = (await (await fetch(`${base}/taken`)).json()) as { taken: number };
    if (taken >= count) return;
    await wait(20);
  }
}

/** Posts that many records over as many connections as are measured; gives the seconds it took. */
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
      if (answer.statusCode !== 202) throw new Error(`a record was answered ${answer.statusCode}`);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return seconds;
}

/** One record after the other, each of another visit; every patient has several. */
function newRecords(): () => string {
  const { patient, ...rest } = smallRecord();
  let one = 0;
  return () => {
    one++;
    return JSON.stringify({
      ...rest,
      recordId: `B-${one}`,
      patient: { ...patient, id: `P-${one % 1000}` },
    });
  };
}
