// serve: the service, with the operator's settings or as a trial run.
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { type AdapterSettings, createAdapter, policyOf } from '../../adapter.ts';
import { isTrial, readSettings, type Settings, settingDefinitions } from '../../config.ts';
import { AdapterError } from '../../errors.ts';
import { listen } from '../../service/listen.ts';
import { errorFacts } from '../../service/log.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { loadSettings } from '../settings.ts';
import { jsonText, wrap } from '../text.ts';
import { startTrial, type Trial } from '../trial.ts';

interface Options {
  readonly config?: string;
  readonly json?: true;
}

const STORE_NAME = 'ims-fhir.sqlite';
const GRACE_MS = 10_000;

const SETTINGS_HELP = `
Settings (a variable wins over the file's member):
${settingDefinitions.map(({ env, member, description }) => `  ${env} (${member})\n${wrap(description, 4)}`).join('\n')}

Without any of IMS_FHIR_DATA and IMS_FHIR_TARGETS it is a trial run: the store
is a temporary file and the FHIR server runs in the same process; both are gone
at the end.`;

/** `ims-fhir serve`. */
export const addServe: AddCommand = (program, io, finish) => {
  program
    .command('serve')
    .description('run the service')
    .option('--config <file>', 'settings as a JSON file')
    .option('--json', 'print one JSON line when it listens; the log goes to stderr then')
    .addHelpText('after', SETTINGS_HELP)
    .action((options: Options) => finish(serve(options, io)));
};

async function serve({ config, json }: Options, io: Io): Promise<ExitCode> {
  const settings = readSettings(
    io.env,
    config === undefined ? undefined : await loadSettings(config),
  );
  const logger = pino({ level: settings.logLevel }, json === true ? io.stderr : io.stdout);
  const stopped = io.stopped();
  const trial = isTrial(settings) ? await startTrial() : undefined;
  try {
    await run({ settings, logger, trial, json: json === true, io, stopped });
  } finally {
    await trial?.close();
  }
  return EXIT.ok;
}

interface Run {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly trial: Trial | undefined;
  readonly json: boolean;
  readonly io: Io;
  /** Taken before anything is started, so that a signal never leaves a temporary file behind. */
  readonly stopped: Promise<void>;
}

async function run({ settings, logger, trial, json, io, stopped }: Run): Promise<void> {
  const { host, port, apiKey, targets } = settings;
  const adapter = await createAdapter({
    ...storeAndTargets(settings, trial),
    policy: policyOf(settings.rules ?? {}),
    onFault: (error, delivery) =>
      logger.error({ err: errorFacts(error), delivery: delivery?.id }, 'delivery failed'),
  });
  try {
    const service = await listen({
      adapter,
      host,
      port,
      logger,
      ...(apiKey === undefined ? {} : { apiKey }),
    });
    if (json) await say(io.stdout, jsonText({ base: service.base, target: trial?.base }, true));
    else await say(io.stderr, greeting(service.base, targets.length, trial));
    await stopped;
    logger.info('stopping');
    await service.close({ graceMs: GRACE_MS });
  } finally {
    await adapter.close({ graceMs: GRACE_MS });
  }
  logger.info('stopped');
}

function storeAndTargets(settings: Settings, trial: Trial | undefined): AdapterSettings {
  const { targets, dataDir } = settings;
  if (trial !== undefined) {
    const sandbox = { name: 'sandbox', base: trial.base, auth: { kind: 'none' } } as const;
    return { store: { path: trial.path }, targets: [sandbox] };
  }
  // readSettings has seen to it that both are there; the store must never be a guess.
  if (dataDir === undefined) throw new AdapterError('invalid-config', 'IMS_FHIR_DATA is missing.');
  return { store: { path: join(dataDir, STORE_NAME) }, targets };
}

function greeting(base: string, targets: number, trial: Trial | undefined): string {
  const lines = [`Service: ${base}`, `Interactive description: ${base}/docs/`];
  if (trial === undefined) {
    lines.push(`FHIR servers: ${targets}`);
  } else {
    const words =
      'Trial run: nothing is configured. Records go to a FHIR server in this process and the ' +
      'store is a temporary file; both are gone at the end. To keep anything, set IMS_FHIR_DATA ' +
      'and IMS_FHIR_TARGETS (ims-fhir serve --help).';
    lines.push(`FHIR server: ${trial.base}`, wrap(words));
  }
  return [...lines, 'Stop it with Ctrl-C.'].join('\n');
}
