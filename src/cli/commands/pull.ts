// pull: visits from a FHIR server of a service, as records.
import { InvalidArgumentError } from 'commander';
import type { PulledVisit } from '../../adapter.ts';
import { defined } from '../../defined.ts';
import { hasErrors, type Issue } from '../../errors.ts';
import { searchAnswer } from '../../service/schemas.ts';
import { call, pullVisit, SERVICE_HELP, type Service, serviceAt } from '../client.ts';
import { type AddCommand, CommandFailure, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
import { jsonText, writeIssues } from '../text.ts';

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
    .description('print visits from a FHIR server of a service as records; a search as NDJSON')
    .requiredOption('--source <uri>', 'URI of the clinic system, the source of records', checkUri)
    .option('--record <id>', 'one visit, by its recordId')
    .option('--patient <id>', "visits of a patient, by the clinic's patient id")
    .option('--from <date>', 'visits on or after this date')
    .option('--to <date>', 'visits on or before this date')
    .option('--changed-since <instant>', 'visits changed after it, as 2026-05-04T10:00:00-07:00')
    .option('--target <name>', 'name of the FHIR server, required if the service has several')
    .option('--at <url>', SERVICE_HELP, 'http://127.0.0.1:8080')
    .option('--json', 'print { record, complete, losses, issues, … } instead')
    .action((options: Options) => finish(pull(options, io)));
};

async function pull(options: Options, io: Io): Promise<ExitCode> {
  const { patient, from, to, changedSince, record } = options;
  const isSearch = [patient, from, to, changedSince].some((value) => value !== undefined);
  if ((record === undefined) !== isSearch) {
    throw new CommandFailure(
      EXIT.usage,
      'Select visits: --record alone, or any of --patient, --from, --to, --changed-since.',
    );
  }
  const service = serviceAt(options.at, io);
  let exit: ExitCode = EXIT.ok;
  let count = 0;
  const report = async (issues: readonly Issue[]) => {
    if (hasErrors(issues)) exit = EXIT.data;
    await writeIssues(io.stderr, { name: 'the search', line: undefined }, { issues, losses: [] });
  };
  const visits =
    record === undefined ? search(service, options, report) : one(service, options, record);
  for await (const visit of visits) {
    count++;
    if (visit.record === undefined || hasErrors(visit.issues)) exit = EXIT.data;
    await print(visit, { json: options.json === true, onOneLine: isSearch }, io);
  }
  if (count === 0) await writeLine(io.stderr, 'No visits found.');
  return count === 0 ? EXIT.data : exit;
}

async function print(
  visit: PulledVisit,
  { json, onOneLine }: { json: boolean; onOneLine: boolean },
  io: Io,
): Promise<void> {
  if (json) return await writeLine(io.stdout, jsonText(visit, onOneLine));
  const { record } = visit;
  if (record !== undefined) await writeLine(io.stdout, jsonText(record, onOneLine));
  const name = record === undefined ? 'a visit' : `record ${record.recordId}`;
  await writeIssues(io.stderr, { name, line: undefined }, visit);
}

async function* one(
  service: Service,
  { source, target }: Options,
  recordId: string,
): AsyncGenerator<PulledVisit> {
  yield await pullVisit(service, { source, recordId, ...defined({ target }) });
}

/** The visits of a search; `report` receives why visits may be missing. */
async function* search(
  service: Service,
  options: Options,
  report: (issues: readonly Issue[]) => Promise<void>,
): AsyncGenerator<PulledVisit> {
  const { source, target, patient, from, to, changedSince } = options;
  let cursor: string | undefined;
  do {
    const page = await call(service, {
      method: 'POST',
      path: '/v1/records/search',
      type: 'application/json',
      body: JSON.stringify({ source, target, patient, from, to, changedSince, cursor }),
      answer: searchAnswer,
    });
    yield* page.visits;
    await report(page.issues);
    cursor = page.cursor;
  } while (cursor !== undefined);
}

function checkUri(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a URI such as https://clinic.example/ims.');
}
