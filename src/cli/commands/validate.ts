// validate: what is wrong with records, before anything is sent.
import { validateRecord } from '../../adapter.ts';
import { refuses } from '../../errors.ts';
import { openInput } from '../input.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { readDocument } from '../record.ts';
import { counted, jsonText, report } from '../text.ts';

/** `ims-fhir validate [file]`. */
export const addValidate: AddCommand = (program, io, finish) => {
  program
    .command('validate')
    .description('say what is wrong with a record, or with lines of records')
    .argument('[file]', 'record as .json, or lines as .ndjson; - is stdin', '-')
    .option('--json', 'print { valid, issues } for each record instead')
    .action((file: string, options: { json?: true }) => finish(validate(file, options, io)));
};

async function validate(file: string, options: { json?: true }, io: Io): Promise<ExitCode> {
  const { name, isLines, documents } = await openInput(file, io);
  const counts = { valid: 0, refused: 0 };
  for await (const document of documents) {
    const issues = validateRecord(readDocument(document));
    const valid = !refuses(issues);
    counts[valid ? 'valid' : 'refused']++;
    if (options.json === true) {
      const { line } = document;
      const told = { ...(line === undefined ? {} : { line }), valid, issues };
      await say(io.stdout, jsonText(told, isLines));
    } else {
      await report(io.stdout, { name, line: document.line }, { issues });
    }
  }
  if (options.json !== true) {
    const refused = counts.refused === 0 ? '' : `, ${counts.refused} refused`;
    await say(io.stdout, `${name}: ${counted(counts.valid, 'valid record')}${refused}`);
  }
  return counts.refused === 0 ? EXIT.ok : EXIT.data;
}
