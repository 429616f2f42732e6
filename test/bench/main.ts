// npm run bench: CPU time and memory of the adapter, relative to a baseline and to other engines.
//   npm run bench                      prints the tables
//   npm run bench -- --readme          writes them into README.md as well
//   npm run bench -- --records 100000  number of records in the stream (default 10,000)
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureOurs, measurePeers, type Row } from './engines.ts';
import { accept, endToEnd } from './load.ts';
import { median } from './measure.ts';
import { type Started, start, stream } from './processes.ts';
import { samples } from './samples.ts';

const { values } = parseArgs({
  options: { readme: { type: 'boolean' }, records: { type: 'string', default: '10000' } },
});
const STARTS = 5;
/** Records accepted per round, and delivered in total. */
const ACCEPTED = 1000;
const DELIVERED = 2000;
const [small, full] = samples;

const rows: Row[] = [
  ...(await measureOurs(small)),
  ...(await measureOurs(full)),
  ...(await measurePeers(small)),
];
const many = Number(values.records);
const few = await stream(Math.max(1, Math.round(many / 10)));
const streamed = await stream(many);
const accepted = await accept(ACCEPTED);
const deliveredPerSecond = await endToEnd(DELIVERED);
const starts: Started[] = [];
for (let round = 0; round < STARTS; round++) starts.push(await start());

const text = [machine(), '', ...engineTable(), '', ...processTable()].join('\n');
console.log(text);
if (values.readme === true) intoReadme(text);

function machine(): string {
  const [cpu] = cpus();
  const gb = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${cpus().length} cores of ${cpu?.model.trim() ?? 'unknown'}, ${gb} GiB, Node ${process.version}.`;
}

function engineTable(): string[] {
  return [
    '| What | Record | CPU a record | Share of the baseline |',
    '|---|---|---|---|',
    ...rows.map(
      ({ what, record, cpuUs, baselineShare }) =>
        `| ${what} | ${record} | ${Math.round(cpuUs)} µs | ${baselineShare.toPrecision(2)} |`,
    ),
  ];
}

function processTable(): string[] {
  const readyMs = median(starts.map((one) => one.readyMs));
  const rss = starts.flatMap(({ rssMb }) => rssMb ?? []);
  const format = (count: number) => count.toLocaleString('en');
  return [
    '| What | Measured |',
    '|---|---|',
    `| ${format(many)} small records as lines through \`map\` | ${format(Math.round(many / streamed.seconds))} a second |`,
    `| peak memory of that, and with ${format(few.count)} | ${Math.round(streamed.peakMb)} MB, ${Math.round(few.peakMb)} MB |`,
    `| records accepted, 32 connections, each on disk before its answer | ${format(Math.round(accepted.perSecond))} a second, ${accepted.ofPlain.toPrecision(2)} of an endpoint that stores nothing |`,
    `| records accepted, validated and delivered to a server that answers at once | ${format(Math.round(deliveredPerSecond))} a second |`,
    `| service ready after (median of ${STARTS}) | ${Math.round(readyMs)} ms |`,
    `| its memory before the first record | ${rss.length === 0 ? 'not available on this machine' : `${Math.round(median(rss))} MB`} |`,
  ];
}

function intoReadme(content: string): void {
  const file = new URL('../../README.md', import.meta.url);
  const before = readFileSync(file, 'utf8');
  const [open, close] = ['<!-- bench: generated -->', '<!-- /bench -->'];
  const [from, to] = [before.indexOf(open), before.indexOf(close)];
  if (from < 0 || to < from) throw new Error('README.md has no markers for the bench');
  writeFileSync(file, `${before.slice(0, from + open.length)}\n${content}\n${before.slice(to)}`);
}
