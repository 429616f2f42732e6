// A small service that the test kills: it enqueues records endlessly, prints those accepted, and
// delivers them to a directory with one file per record. Arguments: data file, target directory, run.

import { appendFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import { openStore } from '../../src/store/store.ts';

const [file = '', directory = '', run = ''] = process.argv.slice(2);
const CALLERS = 8;
const KEYS = 5;

const outbox = createOutbox(await openStore({ file }));

const dispatcher = createDispatcher({
  outbox,
  concurrency: 4,
  leaseMs: 60_000,
  async deliver({ recordId, cause }) {
    appendFileSync(join(directory, 'sends.log'), `${recordId} ${cause ?? 'first'}\n`);
    // Idempotent like a conditional write: a second write changes nothing.
    writeFileSync(join(directory, `${recordId}.record`), recordId);
    // A kill can happen between the write and the answer, as with a real target.
    await new Promise((resolve) => setImmediate(resolve));
    return { state: 'delivered', ledger: [], contributions: undefined, losses: [], issues: [] };
  },
});
dispatcher.start();

async function caller(number: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const recordId = `${run}-${number}-${count}`;
    await outbox.enqueue([
      {
        source: 'urn:clinic',
        recordId,
        revision: 1,
        hash: recordId,
        payload: recordId,
        targets: [{ target: 'emr', orderingKey: `key ${count % KEYS}` }],
      },
    ]);
    // Written synchronously: what was printed before the kill must be readable after it.
    writeSync(1, `${recordId}\n`);
  }
}
await Promise.all(Array.from({ length: CALLERS }, (_, number) => caller(number)));
