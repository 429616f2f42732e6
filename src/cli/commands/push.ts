// push: records to a service, or directly to one FHIR server.
import { z } from 'zod';
import type { SubmitResult } from '../../adapter.ts';
import { batchesOf } from '../batches.ts';
import { call, type Service, serviceOf } from '../client.ts';
import { openDirect, type Push } from '../direct.ts';
import { type Document, openInputs } from '../input.ts';
import { type AddCommand, CommandFailure, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { createTally, type Tally } from '../pushed.ts';
import { NO_UTF8 } from '../record.ts';

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
  program
    .command('push')
    .description('send records to an ims-fhir service, or directly to one FHIR server')
    .argument('[files...]', 'records as .json, lines of them as .ndjson; - is stdin')
    .option('--to <url>', 'service; its key comes from IMS_FHIR_API_KEY')
    .option('--target <names>', 'with --to: targets as a,b; without it all')
    .option('--wait <seconds>', 'with --to: wait for the deliveries, at most 30')
    .option('--target-base <url>', 'FHIR server to write to, without a service')
    .option('--token-env <name>', 'with --target-base: variable that holds a bearer token')
    .option('--json', 'print one result a line')
    .action((files: string[], options: Options) => finish(push(files, options, io)));
};

async function push(files: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const { send, close } = await openWay(options, io);
  const isFinal = options.to === undefined;
  const tally = createTally(io.stdout, { json: options.json === true, isFinal });
  try {
    for await (const input of openInputs(files, io)) {
      for await (const batch of batchesOf(input)) {
        await pushBatch(batch, { file: input.name, send, tally, io });
      }
    }
    return await tally.end();
  } finally {
    await close();
  }
}

async function openWay(options: Options, io: Io): Promise<{ send: Push; close(): Promise<void> }> {
  const { to, targetBase } = options;
  if ((to === undefined) === (targetBase === undefined)) {
    throw new CommandFailure(
      EXIT.usage,
      'Say where to: --to <service>, or --target-base <FHIR server>.',
    );
  }
  if (targetBase !== undefined) return await openDirect(targetBase, options.tokenEnv, io);
  const service = serviceOf(to ?? '', io.env);
  const query = new URLSearchParams();
  if (options.target !== undefined) query.set('target', options.target);
  if (options.wait !== undefined) query.set('wait', options.wait);
  return { send: (batch) => post(service, query, batch), close: async () => undefined };
}

interface PushContext {
  readonly file: string;
  readonly send: Push;
  readonly tally: Tally;
  readonly io: Io;
}

async function pushBatch(batch: readonly Document[], context: PushContext): Promise<void> {
  const { file, send, tally, io } = context;
  const readable = batch.filter(({ text }) => text !== undefined);
  for (const { line } of batch.filter(({ text }) => text === undefined)) {
    const numbered = line === undefined ? {} : { line };
    await tally.add({ file, ...numbered, status: 'refused', deliveries: [], issues: [NO_UTF8] });
  }
  if (readable.length === 0) return;
  try {
    for (const result of await send(readable)) await tally.add({ file, ...result });
  } catch (error) {
    const at = readable[0]?.line;
    const where = at === undefined ? file : `${file} line ${at}`;
    await say(io.stderr, `Stopped at ${where}. What was accepted stays; sending again is safe.`);
    throw error;
  }
}

const answerShape = z.object({ results: z.array(z.looseObject({ status: z.string() })) });

async function post(
  service: Service,
  query: URLSearchParams,
  batch: readonly Document[],
): Promise<SubmitResult[]> {
  const isLines = batch[0]?.line !== undefined;
  const answer = await call(service, {
    method: 'POST',
    path: `/v1/records${query.size === 0 ? '' : `?${query}`}`,
    type: isLines ? 'application/x-ndjson' : 'application/json',
    body: batch.map(({ text }) => text).join('\n'),
    answers: [422],
  });
  const told = answerShape.safeParse(answer);
  if (!told.success) {
    throw new CommandFailure(EXIT.reach, `${service.base} answers as no ims-fhir service does.`);
  }
  const results = told.data.results as unknown as SubmitResult[];
  return results.map((result) => withLine(result, batch));
}

/** The service counts the lines of its request; people count those of their file. */
function withLine(result: SubmitResult, batch: readonly Document[]): SubmitResult {
  const line = result.line === undefined ? undefined : batch[result.line - 1]?.line;
  return line === undefined ? result : { ...result, line };
}
