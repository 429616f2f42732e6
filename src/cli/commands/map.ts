// map: records to FHIR bundles.
import { mapRecord } from '../../adapter.ts';
import { openInput } from '../input.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { readDocument } from '../record.ts';
import { loadPolicy } from '../settings.ts';
import { jsonText, report } from '../text.ts';

interface Options {
  readonly json?: true;
  readonly config?: string;
}

/** `ims-fhir map [file]`. */
export const addMap: AddCommand = (program, io, finish) => {
  program
    .command('map')
    .description('print the FHIR bundle of a record; of lines of records, one bundle a line')
    .argument('[file]', 'record as .json, or lines as .ndjson; - is stdin', '-')
    .option('--json', 'print { bundle, losses, issues } instead')
    .option('--config <file>', 'settings as a JSON file; only the clinical rules count')
    .action((file: string, options: Options) => finish(map(file, options, io)));
};

async function map(file: string, options: Options, io: Io): Promise<ExitCode> {
  const policy = await loadPolicy(io, options.config);
  const { name, isLines, documents } = await openInput(file, io);
  let exit: ExitCode = EXIT.ok;
  for await (const document of documents) {
    const place = { name, line: document.line };
    const read = readDocument(document);
    if (!read.ok) {
      exit = EXIT.data;
      await report(io.stderr, place, read);
      continue;
    }
    const { bundle, losses, issues: found } = mapRecord(read.record, policy);
    const issues = [...read.issues, ...found];
    const printed = options.json === true ? { bundle, losses, issues } : bundle;
    await say(io.stdout, jsonText(printed, isLines));
    if (options.json !== true) await report(io.stderr, place, { issues, losses });
  }
  return exit;
}
