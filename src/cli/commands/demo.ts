// demo: the product in one minute, on this machine, with invented visits.
import { pino } from 'pino';
import { createAdapter } from '../../adapter.ts';
import { listen } from '../../service/listen.ts';
import { loadExamples, type Outcome, runDemo } from '../demo-run.ts';
import { closingText, keepingText, openingText, outcomeText, type Places } from '../demo-text.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, say } from '../io.ts';
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
    .option('--keep', 'go on running, and say what to try')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => finish(demo(options, io)));
};

async function demo(options: Options, io: Io): Promise<ExitCode> {
  const stopped = options.keep === true ? io.stopped() : undefined;
  const trial = await startTrial();
  try {
    return await withService(trial, (places) => show(places, { options, io, stopped }));
  } finally {
    await trial.close();
  }
}

async function withService(
  trial: Trial,
  work: (places: Places) => Promise<ExitCode>,
): Promise<ExitCode> {
  const logger = pino({ level: 'silent' });
  const adapter = await createAdapter({
    store: { path: trial.path },
    targets: [{ name: 'sandbox', base: trial.base, auth: { kind: 'none' } }],
  });
  try {
    const service = await listen({ adapter, host: '127.0.0.1', port: 0, logger });
    try {
      return await work({ service: service.base, fhir: trial.base });
    } finally {
      await service.close({ graceMs: 0 });
    }
  } finally {
    await adapter.close();
  }
}

interface Show {
  readonly options: Options;
  readonly io: Io;
  readonly stopped: Promise<void> | undefined;
}

async function show(places: Places, { options, io, stopped }: Show): Promise<ExitCode> {
  const { stdout } = io;
  const human = options.json !== true;
  const examples = await loadExamples();
  if (human) await say(stdout, openingText(places, examples.length));
  const outcomes = await runDemo({ base: places.service, apiKey: undefined }, examples);
  if (human) {
    for (const [index, outcome] of outcomes.entries()) {
      await say(stdout, `\n${outcomeText(outcome, index + 1, places)}`);
    }
    await say(stdout, `\n${closingText(outcomes)}`);
  } else {
    await say(stdout, jsonText({ ...places, visits: outcomes.map(toJson) }, false));
  }
  const [first] = outcomes;
  if (stopped !== undefined && first !== undefined) {
    await say(human ? stdout : io.stderr, `\n${keepingText(places, first)}`);
    await stopped;
  } else if (human) {
    await say(stdout, 'Run it with --keep to look around.');
  }
  return outcomes.every(({ isEqual }) => isEqual) ? EXIT.ok : EXIT.data;
}

function toJson({ record, file: _, ...outcome }: Outcome): object {
  const { source, recordId, revision } = record;
  return { ...outcome, source, recordId, revision };
}
