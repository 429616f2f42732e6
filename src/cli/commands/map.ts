// map: records to FHIR bundles.
import { mapRecord } from '../../adapter.ts';
import { openInput, readDocument } from '../input.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
import { loadPolicy, RULES_CONFIG_HELP } from '../settings.ts';
import { jsonText, writeIssues } from '../text.ts';

interface Options {
  readonly json?: true;
  readonly config?: string;
}

/** `ims-fhir map [file]`. */
export const addMap: AddCommand = (program, io, finish) => {
  program
    .command('map')
    .description('print the FHIR bundle of a record; for NDJSON, one bundle per line')
    .argument('[file]', 'record as .json, or .ndjson with one per line; - is stdin', '-')
    .option('--json', 'print { bundle, losses, issues } instead')
    .option('--config <file>', RULES_CONFIG_HELP)
    .action((file: string, options: Options) => finish(map(file, options, io)));
};

async function map(file: string, options: Options, io: Io): Promise<ExitCode> {
  const policy = await loadPolicy(io, options.config);
  const { name, isLines, documents } = await openInput(file, io);
  let exit: ExitCode = EXIT.ok;
  for await (const document of documents) {
    const location = { name, line: document.line };
    const read = readDocument(document);
    if (!read.ok) {
      exit = EXIT.data;
      await writeIssues(io.stderr, location, read);
      continue;
    }
    const { bundle, losses, issues: warnings } = mapRecord(read.record, policy);
    const issues = [...read.issues, ...warnings];
    const output = options.json === true ? { bundle, losses, issues } : bundle;
    await writeLine(io.stdout, jsonText(output, isLines));
    if (options.json !== true) await writeIssues(io.stderr, location, { issues, losses });
  }
  return exit;
}
