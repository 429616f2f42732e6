// demo: the whole product in one minute, on this machine and with invented visits.
import { pino } from 'pino';
import { createAdapter } from '../../adapter.ts';
import { listen } from '../../service/listen.ts';
import { loadExamples, type Outcome, runDemo } from '../demo-run.ts';
import {
  closingText,
  type DemoAddresses,
  keepText,
  openingText,
  outcomeText,
} from '../demo-text.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
import { jsonText } from '../text.ts';
import { startTrial, type Trial } from '../trial.ts';

interface Options {
  readonly keep?: true;
  readonly json?: true;
}

/** `ims-fhir demo`. */
export const addDemo: AddCommand = (program, io, finish) => {
  program
    .command('demo')
    .description('send invented visits to a FHIR server on this machine and read them back')
    .option('--keep', 'keep the service and the FHIR server running, and print what to try')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => finish(demo(options, io)));
};

async function demo(options: Options, io: Io): Promise<ExitCode> {
  const stopped = options.keep === true ? io.stopped() : undefined;
  const trial = await startTrial();
  try {
    return await withService(trial, (addresses) => show(addresses, { options, io, stopped }));
  } finally {
    await trial.close();
  }
}

async function withService(
  trial: Trial,
  use: (addresses: DemoAddresses) => Promise<ExitCode>,
): Promise<ExitCode> {
  const logger = pino({ level: 'silent' });
  const adapter = await createAdapter(trial.settings);
  try {
    const service = await listen({ adapter, host: '127.0.0.1', port: 0, logger });
    try {
      return await use({ service: service.base, fhir: trial.base });
    } finally {
      await service.close({ graceMs: 0 });
    }
  } finally {
    await adapter.close();
  }
}

interface ShowContext {
  readonly options: Options;
  readonly io: Io;
  readonly stopped: Promise<void> | undefined;
}

async function show(
  addresses: DemoAddresses,
  { options, io, stopped }: ShowContext,
): Promise<ExitCode> {
  const { stdout } = io;
  const isText = options.json !== true;
  const examples = await loadExamples();
  if (isText) await writeLine(stdout, openingText(addresses, examples.length));
  const outcomes = await runDemo({ base: addresses.service, apiKey: undefined }, examples);
  if (isText) {
    for (const [index, outcome] of outcomes.entries()) {
      await writeLine(stdout, `\n${outcomeText(outcome, index + 1, addresses)}`);
    }
    await writeLine(stdout, `\n${closingText(outcomes)}`);
  } else {
    await writeLine(stdout, jsonText({ ...addresses, visits: outcomes.map(toJson) }, false));
  }
  const [first] = outcomes;
  if (stopped !== undefined && first !== undefined) {
    await writeLine(isText ? stdout : io.stderr, `\n${keepText(addresses, first)}`);
    await stopped;
  } else if (isText) {
    await writeLine(stdout, 'Add --keep to keep the service running and try it yourself.');
  }
  return outcomes.every(({ isEqual }) => isEqual) ? EXIT.ok : EXIT.data;
}

function toJson({ record, file: _, ...outcome }: Outcome): object {
  const { source, recordId, revision } = record;
  return { ...outcome, source, recordId, revision };
}
