// Child process that maps a stream of records with the `map` command and prints time and memory on stderr as
// one JSON line. The records are created here, so that reading a pipe is not measured.
//   node test/bench/stream-child.ts RECORDS
import { Writable } from 'node:stream';
import { limitHeapGrowth, runCli } from '../../src/cli/run.ts';
import { smallRecord } from './samples.ts';

const count = Number(process.argv[2]);

async function* lines(): AsyncGenerator<string> {
  const { patient, ...rest } = smallRecord();
  for (let number = 1; number <= count; number++) {
    const record = {
      ...rest,
      recordId: `B-${number}`,
      patient: { ...patient, id: `P-${number % 5000}` },
    };
    yield `${JSON.stringify(record)}\n`;
  }
}

let bytes = 0;
const nowhere = new Writable({
  write(chunk: Buffer, _encoding, done) {
    bytes += chunk.length;
    done();
  },
});
const silent = new Writable({ write: (_chunk, _encoding, done) => done() });

limitHeapGrowth();
const startedAt = performance.now();
const exit = await runCli(['map', '-'], {
  env: {},
  stdin: lines(),
  stdinIsTerminal: false,
  stdout: nowhere,
  stdoutIsTerminal: false,
  stderr: silent,
  stopped: () => new Promise(() => undefined),
});
const seconds = (performance.now() - startedAt) / 1000;
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stderr.write(`${JSON.stringify({ exit, count, bytes, seconds, peakMb })}\n`);
