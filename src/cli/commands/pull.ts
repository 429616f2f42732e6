// pull: visits from a service's FHIR server, as records.
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { PulledVisit } from '../../adapter.ts';
import { hasErrors } from '../../errors.ts';
import { call, type Service, serviceOf } from '../client.ts';
import { type AddCommand, CommandFailure, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { jsonText, report } from '../text.ts';

interface Options {
  readonly at: string;
  readonly source: string;
  readonly record?: string;
  readonly patient?: string;
  readonly from?: string;
  readonly to?: string;
  readonly changedSince?: string;
  readonly target?: string;
  readonly json?: true;
}

/** `ims-fhir pull`. */
export const addPull: AddCommand = (program, io, finish) => {
  program
    .command('pull')
    .description('print records as a FHIR server holds them; more than one as lines')
    .requiredOption('--source <uri>', 'clinic system the records come from', checkUri)
    .option('--record <id>', 'one visit')
    .option('--patient <id>', "visits of one patient, by the clinic's own id")
    .option('--from <date>', 'visits of this day or later')
    .option('--to <date>', 'visits of this day or earlier')
    .option('--changed-since <instant>', 'visits changed since')
    .option('--target <name>', 'FHIR server, where the service has several')
    .option('--at <url>', 'service; its key comes from IMS_FHIR_API_KEY', 'http://127.0.0.1:8080')
    .option('--json', 'print { record, losses, issues, basedOn, editedIn, differences } instead')
    .action((options: Options) => finish(pull(options, io)));
};

async function pull(options: Options, io: Io): Promise<ExitCode> {
  const { patient, from, to, changedSince, record } = options;
  const narrowed = [patient, from, to, changedSince].some((value) => value !== undefined);
  if ((record === undefined) !== narrowed) {
    throw new CommandFailure(
      EXIT.usage,
      'Say which visits: --record alone, or --patient, --from, --to, --changed-since.',
    );
  }
  const service = serviceOf(options.at, io.env);
  let exit: ExitCode = EXIT.ok;
  let found = 0;
  const visits = record === undefined ? search(service, options) : one(service, options, record);
  for await (const visit of visits) {
    found++;
    if (visit.record === undefined || hasErrors(visit.issues)) exit = EXIT.data;
    await show(visit, { ...options, isOnly: record !== undefined }, io);
  }
  if (found === 0) await say(io.stderr, 'No visit was found.');
  return found === 0 ? EXIT.data : exit;
}

async function show(
  visit: PulledVisit,
  { json, isOnly }: { json?: true; isOnly: boolean },
  io: Io,
): Promise<void> {
  if (json === true) return await say(io.stdout, jsonText(visit, !isOnly));
  if (visit.record !== undefined) await say(io.stdout, jsonText(visit.record, !isOnly));
  const name = visit.record === undefined ? 'a visit' : `record ${visit.record.recordId}`;
  await report(io.stderr, { name, line: undefined }, visit);
}

const visitShape = z.looseObject({ losses: z.array(z.unknown()), issues: z.array(z.unknown()) });
const pageShape = z.object({ visits: z.array(visitShape), cursor: z.string().optional() });

async function* one(
  service: Service,
  { source, target }: Options,
  record: string,
): AsyncGenerator<PulledVisit> {
  const query = target === undefined ? '' : `?${new URLSearchParams({ target })}`;
  const path = `/v1/records/${encodeURIComponent(source)}/${encodeURIComponent(record)}${query}`;
  const answer = await call(service, { method: 'GET', path });
  yield read(visitShape, answer, service) as unknown as PulledVisit;
}

async function* search(service: Service, options: Options): AsyncGenerator<PulledVisit> {
  const { source, target, patient, from, to, changedSince } = options;
  const query = { source, target, patient, from, to, changedSince };
  let cursor: string | undefined;
  do {
    const answer = await call(service, {
      method: 'POST',
      path: '/v1/records/search',
      type: 'application/json',
      body: JSON.stringify({ ...query, cursor }),
    });
    const page = read(pageShape, answer, service);
    yield* page.visits as unknown as PulledVisit[];
    cursor = page.cursor;
  } while (cursor !== undefined);
}

function read<S extends z.ZodType>(shape: S, answer: unknown, { base }: Service): z.infer<S> {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new CommandFailure(EXIT.reach, `${base} answers as no ims-fhir service does.`);
}

function checkUri(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text)) return text;
  throw new InvalidArgumentError('It is a URI such as https://clinic.example/ims.');
}
