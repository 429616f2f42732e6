// validate: what is wrong with records or FHIR resources, before anything is sent.
import { type Policy, validateRecord, validateResource } from '../../adapter.ts';
import { hasErrors, type Issue } from '../../errors.ts';
import { isResource } from '../../fhir/resource.ts';
import { readFhirText } from '../../service/input.ts';
import { type Document, type Input, openInputs } from '../input.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { readDocument } from '../record.ts';
import { loadPolicy } from '../settings.ts';
import { counted, jsonText, report } from '../text.ts';

interface Options {
  readonly json?: true;
  readonly config?: string;
}

/** `ims-fhir validate [files…]`. */
export const addValidate: AddCommand = (program, io, finish) => {
  program
    .command('validate')
    .description('say what is wrong with records or FHIR resources, file by file')
    .argument(
      '[files...]',
      'records, resources or Bundles as .json, lines of them as .ndjson; - is stdin',
    )
    .option('--json', 'print { valid, issues } for each document instead')
    .option('--config <file>', 'settings as a JSON file; only the clinical rules count')
    .action((files: string[], options: Options) => finish(validate(files, options, io)));
};

async function validate(files: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const policy = await loadPolicy(io, options.config);
  const isOne = files.length < 2;
  let exit: ExitCode = EXIT.ok;
  for await (const input of openInputs(files, io)) {
    const refused = await validateInput(input, {
      isJson: options.json === true,
      isOne,
      policy,
      io,
    });
    if (refused > 0) exit = EXIT.data;
  }
  return exit;
}

interface Work {
  readonly isJson: boolean;
  /** True where a single file is looked at, whose name goes without saying. */
  readonly isOne: boolean;
  readonly policy: Policy;
  readonly io: Io;
}

/** Says what is wrong in one file and gives the number of refused documents. */
async function validateInput(
  { name, isLines, documents }: Input,
  { isJson, isOne, policy, io }: Work,
): Promise<number> {
  const counts = { record: 0, resource: 0, refused: 0 };
  for await (const document of documents) {
    const { line } = document;
    const { kind, issues } = validateDocument(document, policy);
    const valid = !hasErrors(issues);
    counts[valid ? kind : 'refused']++;
    if (!isJson) {
      await report(io.stdout, { name, line }, { issues });
      continue;
    }
    const told = {
      ...(isOne ? {} : { file: name }),
      ...(line === undefined ? {} : { line }),
      ...{ valid, issues },
    };
    await say(io.stdout, jsonText(told, isLines || !isOne));
  }
  if (!isJson) {
    const refused = counts.refused === 0 ? '' : `, ${counts.refused} refused`;
    const resources = counts.resource === 0 ? [] : [counted(counts.resource, 'valid resource')];
    const records =
      counts.record === 0 && resources.length > 0 ? [] : [counted(counts.record, 'valid record')];
    await say(io.stdout, `${name}: ${[...records, ...resources].join(', ')}${refused}`);
  }
  return counts.refused;
}

function validateDocument(
  document: Document,
  policy: Policy,
): { kind: 'record' | 'resource'; issues: readonly Issue[] } {
  const json = document.text === undefined ? undefined : readFhirText(document.text);
  return json?.ok === true && isResource(json.value)
    ? { kind: 'resource', issues: validateResource(json.value) }
    : { kind: 'record', issues: validateRecord(readDocument(document), policy) };
}
