import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import { openStore } from '../../src/store/store.ts';
import { DELIVERED } from './fixture.ts';

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const KILLS = 10;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'outbox-crash-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

it('loses no accepted record and delivers each once, however often the process is killed', async () => {
  const file = join(directory, 'data', 'store.sqlite');
  const acknowledged: string[] = [];
  for (let run = 0; run < KILLS; run += 1) {
    const killAfter = 1 + Math.floor(Math.random() * 150);
    acknowledged.push(...(await runUntilKilled([file, directory, `${run}`], killAfter)));
  }

  const store = await openStore({ file });
  const outbox = createOutbox(store);
  const resent: string[] = [];
  const dispatcher = createDispatcher({
    outbox,
    concurrency: 4,
    leaseMs: 60_000,
    deliver: async ({ recordId, cause }) => {
      resent.push(`${recordId} ${cause ?? 'first'}`);
      return DELIVERED;
    },
  });
  dispatcher.start();
  await dispatcher.idle();
  await dispatcher.stop({ graceMs: 1_000 });

  const deliveries = await outbox.list({ limit: 1_000_000 });
  const delivered = deliveries.filter((row) => row.state === 'delivered');
  const names = delivered.map((row) => row.recordId);
  expect(delivered).toHaveLength(deliveries.length);
  expect(new Set(names).size).toBe(names.length);
  expect(acknowledged.filter((name) => !new Set(names).has(name))).toEqual([]);
  expectOneSendEach([...sendsIn(directory), ...resent], names);
  await store.close();
});

/** Starts the child, kills it after `killAfter` acknowledged records, and returns all it acknowledged. */
async function runUntilKilled(args: string[], killAfter: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === killAfter) child.kill('SIGKILL');
  }
  await exited;
  if (acknowledged.length < killAfter) throw new Error(`The child ended by itself: ${stderr}`);
  return acknowledged;
}

function sendsIn(target: string): string[] {
  expect(readdirSync(target)).toContain('sends.log');
  return readFileSync(join(target, 'sends.log'), 'utf8').split('\n').filter(Boolean);
}

/** Every record was sent, and sent again only if the outcome of the first attempt was unknown. */
function expectOneSendEach(sends: readonly string[], names: readonly string[]): void {
  const byRecord = Object.groupBy(sends, (send) => send.split(' ')[0] ?? '');
  expect(Object.keys(byRecord).toSorted()).toEqual(names.toSorted());
  const repeated = Object.values(byRecord).flatMap((recordSends) => (recordSends ?? []).slice(1));
  expect(repeated.filter((send) => !send.endsWith(' unknown-outcome'))).toEqual([]);
}
