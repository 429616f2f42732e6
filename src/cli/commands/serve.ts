// serve: the HTTP service, with the operator's settings or as a trial run.
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { type AdapterSettings, createAdapter, policyOf } from '../../adapter.ts';
import { isTrial, readSettings, type Settings, settingDefinitions } from '../../config.ts';
import { defined } from '../../defined.ts';
import { AdapterError } from '../../errors.ts';
import { listen } from '../../service/listen.ts';
import { errorFacts } from '../../service/log.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
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
Settings: environment variable (member of the file). Variables take precedence.
${settingDefinitions.map(({ env, member, description }) => `  ${env} (${member})\n${wrap(description, 4)}`).join('\n')}

Without IMS_FHIR_DATA and IMS_FHIR_TARGETS the service is a trial run: records
go to an in-memory FHIR server, and the store is a temporary file; both are
deleted when the service stops.`;

/** `ims-fhir serve`. */
export const addServe: AddCommand = (program, io, finish) => {
  program
    .command('serve')
    .description('run the HTTP service')
    .option('--config <file>', 'settings as a JSON file')
    .option('--json', 'print { base } on one line when ready; the log goes to stderr')
    .addHelpText('after', SETTINGS_HELP)
    .action((options: Options) => finish(serve(options, io)));
};

async function serve({ config, json }: Options, io: Io): Promise<ExitCode> {
  const settings = readSettings(io.env, await loadSettings(config));
  const logger = pino({ level: settings.logLevel }, json === true ? io.stderr : io.stdout);
  // Before anything is started, so that a signal during the start deletes temporary files too.
  const stopped = io.stopped();
  const trial = isTrial(settings) ? await startTrial() : undefined;
  try {
    await run({ settings, logger, trial, isJson: json === true, io, stopped });
  } finally {
    await trial?.close();
  }
  return EXIT.ok;
}

interface RunContext {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly trial: Trial | undefined;
  readonly isJson: boolean;
  readonly io: Io;
  readonly stopped: Promise<void>;
}

async function run({ settings, logger, trial, isJson, io, stopped }: RunContext): Promise<void> {
  const { host, port, apiKey } = settings;
  const adapter = await createAdapter({
    ...(trial?.settings ?? storeAndTargets(settings)),
    policy: policyOf(settings.rules ?? {}),
    onError: (error, delivery) =>
      logger.error({ err: errorFacts(error), delivery: delivery?.id }, 'delivery failed'),
  });
  try {
    const service = await listen({ adapter, host, port, logger, ...defined({ apiKey }) });
    const { base } = service;
    if (isJson) await writeLine(io.stdout, jsonText({ base, target: trial?.base }, true));
    else await writeLine(io.stderr, startText(base, settings, trial));
    await stopped;
    logger.info('stopping');
    await service.close({ graceMs: GRACE_MS });
  } finally {
    await adapter.close({ graceMs: GRACE_MS });
  }
  logger.info('stopped');
}

function storeAndTargets({ targets, dataDir }: Settings): AdapterSettings {
  // readSettings requires it with targets; the check only narrows the type.
  if (dataDir === undefined) throw new AdapterError('invalid-config', 'IMS_FHIR_DATA is required.');
  return { store: { path: join(dataDir, STORE_NAME) }, targets };
}

function startText(base: string, { targets }: Settings, trial: Trial | undefined): string {
  const lines = [`Service: ${base}`, `API documentation: ${base}/docs/`];
  if (trial === undefined) {
    lines.push(wrap(`Targets: ${targets.map(({ name }) => name).join(', ')}`));
  } else {
    lines.push(`FHIR server: ${trial.base}`, wrap(TRIAL_TEXT));
  }
  return [...lines, 'Stop it with Ctrl-C.'].join('\n');
}

const TRIAL_TEXT =
  'Trial run, because neither IMS_FHIR_DATA nor IMS_FHIR_TARGETS is set: records go to this ' +
  'in-memory FHIR server, and the store is a temporary file. Both are deleted when the service ' +
  'stops. To keep records, set both variables (see ims-fhir serve --help).';
