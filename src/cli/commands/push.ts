// push: records to an ims-fhir service, or directly to one FHIR server.
import { InvalidArgumentError, Option } from 'commander';
import type { SubmitResult } from '../../adapter.ts';
import { defined } from '../../defined.ts';
import type { Issue } from '../../errors.ts';
import { readJson } from '../../ims/reader/json.ts';
import { submitAnswer } from '../../service/schemas.ts';
import { call, SERVICE_HELP, type Service, serviceAt } from '../client.ts';
import { type Destination, openFhirServer } from '../direct-push.ts';
import { type Document, type Input, NOT_UTF8, openInputs } from '../input.ts';
import { type AddCommand, CommandFailure, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
import { createPushReport, type PushReport } from '../push-report.ts';
import { formatLocation, wrap } from '../text.ts';

interface Options {
  readonly to?: string;
  readonly target?: string;
  readonly wait?: string;
  readonly targetBase?: string;
  readonly tokenEnv?: string;
  readonly json?: true;
}

/** `ims-fhir push [files…]`. */
export const addPush: AddCommand = (program, io, finish) => {
  const onlyWithService = (flags: string, help: string) =>
    new Option(flags, `with --to: ${help}`).conflicts('targetBase');
  program
    .command('push')
    .description('send records to an ims-fhir service, or directly to one FHIR server')
    .argument('[files...]', 'records as .json, or .ndjson with one per line; - or none: stdin')
    .option('--to <url>', SERVICE_HELP)
    .addOption(onlyWithService('--target <names>', 'names of targets as a,b (default: all)'))
    .addOption(
      onlyWithService('--wait <seconds>', 'wait for the deliveries, 0 to 30').argParser(checkWait),
    )
    .option('--target-base <url>', 'base URL of a FHIR server, to push without a service')
    .addOption(
      new Option(
        '--token-env <name>',
        'with --target-base: environment variable that contains a bearer token',
      ).conflicts('to'),
    )
    .option('--json', 'print one JSON result per line')
    .action((files: string[], options: Options) => finish(push(files, options, io)));
};

/** The service checks this too, but could only name its own parameter. */
function checkWait(text: string): string {
  if (/^\d{1,2}$/.test(text) && Number(text) <= 30) return text;
  throw new InvalidArgumentError('It must be a whole number of seconds from 0 to 30.');
}

async function push(files: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const destination = await openDestination(options, io);
  // A service goes on delivering after this command.
  const isFinal = options.to === undefined;
  const report = createPushReport(io.stdout, { json: options.json === true, isFinal });
  try {
    for await (const input of openInputs(files, io)) {
      for await (const batch of batchesOf(input)) {
        await pushBatch(batch, { file: input.name, destination, report, io });
      }
    }
    return await report.end();
  } finally {
    await destination.close();
  }
}

async function openDestination(options: Options, io: Io): Promise<Destination> {
  const { to, target, wait, targetBase, tokenEnv } = options;
  if ((to === undefined) === (targetBase === undefined)) {
    throw new CommandFailure(
      EXIT.usage,
      'Give one destination: --to <service>, or --target-base <FHIR server>.',
    );
  }
  if (targetBase !== undefined) return await openFhirServer(targetBase, tokenEnv, io);
  const service = serviceAt(to ?? '', io);
  const query = new URLSearchParams(defined({ target, wait }));
  return { send: (batch) => post(service, query, batch), close: async () => undefined };
}

// Half of what the service accepts in one request, to limit the memory used here.
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_DOCUMENTS = 1000;

/** The documents in batches for one request each: at most 1,000, and about 8 MB unless one is larger. */
async function* batchesOf(input: Input): AsyncGenerator<Document[]> {
  let batch: Document[] = [];
  let bytes = 0;
  for await (const document of input.documents) {
    const size = Buffer.byteLength(document.text ?? '');
    if (batch.length === MAX_DOCUMENTS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(document);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

interface BatchContext {
  readonly file: string;
  readonly destination: Destination;
  readonly report: PushReport;
  readonly io: Io;
}

async function pushBatch(batch: readonly Document[], context: BatchContext): Promise<void> {
  const { file, destination, report, io } = context;
  const readable: Document[] = [];
  for (const document of batch) {
    const issues = unreadable(document);
    const position = { file, ...defined({ line: document.line }) };
    if (issues === undefined) readable.push(document);
    else await report.add({ ...position, status: 'refused', deliveries: [], issues });
  }
  const [first] = readable;
  if (first === undefined) return;
  try {
    for (const result of await destination.send(readable)) await report.add({ file, ...result });
  } catch (error) {
    const location = formatLocation({ name: file, line: first.line });
    const message = `Stopped at ${location}. It is safe to send everything again.`;
    await writeLine(io.stderr, wrap(message));
    throw error;
  }
}

/**
 * The issues of a document that cannot be part of a request. A service refuses only a line that is not
 * JSON, but the whole request if it consists of one such document; here the other files are still sent.
 */
function unreadable({ text, line }: Document): readonly Issue[] | undefined {
  if (text === undefined) return [NOT_UTF8];
  const json = line === undefined ? readJson(text) : undefined;
  return json?.ok === false && json.value === undefined ? json.issues : undefined;
}

async function post(
  service: Service,
  query: URLSearchParams,
  batch: readonly Document[],
): Promise<SubmitResult[]> {
  const isLines = batch[0]?.line !== undefined;
  const { results } = await call(service, {
    method: 'POST',
    path: `/v1/records${query.size === 0 ? '' : `?${query}`}`,
    type: isLines ? 'application/x-ndjson' : 'application/json',
    body: batch.map(({ text }) => text).join('\n'),
    answer: submitAnswer,
    answerStatuses: [422],
  });
  return results.map((result) => withFileLine(result, batch));
}

/** The service counts the lines of a request; the result is to have the line of the file. */
function withFileLine(result: SubmitResult, batch: readonly Document[]): SubmitResult {
  const line = result.line === undefined ? undefined : batch[result.line - 1]?.line;
  return { ...result, ...defined({ line }) };
}
