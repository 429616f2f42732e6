// validate: checks records and FHIR resources without sending anything.
import { type Policy, validateRecord, validateResource } from '../../adapter.ts';
import { defined } from '../../defined.ts';
import { hasErrors, type Issue } from '../../errors.ts';
import { isResource } from '../../fhir/resource.ts';
import { readJson } from '../../ims/reader/json.ts';
import { readRecordJson } from '../../ims/reader/read.ts';
import { type Document, type Input, NOT_UTF8, openInputs } from '../input.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
import { loadPolicy, RULES_CONFIG_HELP } from '../settings.ts';
import { formatCount, jsonText, writeIssues } from '../text.ts';

interface Options {
  readonly json?: true;
  readonly config?: string;
}

/** `ims-fhir validate [files…]`. */
export const addValidate: AddCommand = (program, io, finish) => {
  program
    .command('validate')
    .description('check records or FHIR resources and print all issues, file by file')
    .argument(
      '[files...]',
      'records, resources or Bundles as .json, or .ndjson with one per line; - or none: stdin',
    )
    .option('--json', 'print { valid, issues } for each document instead')
    .option('--config <file>', RULES_CONFIG_HELP)
    .action((files: string[], options: Options) => finish(validate(files, options, io)));
};

async function validate(files: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const policy = await loadPolicy(io, options.config);
  const context = { isJson: options.json === true, isOnlyFile: files.length < 2, policy, io };
  let exit: ExitCode = EXIT.ok;
  for await (const input of openInputs(files, io)) {
    const invalid = await validateInput(input, context);
    if (invalid > 0) exit = EXIT.data;
  }
  return exit;
}

interface ValidateContext {
  readonly isJson: boolean;
  /** True for a single file, whose name is left out of the JSON. */
  readonly isOnlyFile: boolean;
  readonly policy: Policy;
  readonly io: Io;
}

/** Prints the issues of one file and returns the number of invalid documents. */
async function validateInput(
  { name, isLines, documents }: Input,
  { isJson, isOnlyFile, policy, io }: ValidateContext,
): Promise<number> {
  const counts = { record: 0, resource: 0, invalid: 0 };
  const file = isOnlyFile ? undefined : name;
  for await (const document of documents) {
    const { line } = document;
    const { kind, issues } = validateDocument(document, policy);
    const valid = !hasErrors(issues);
    counts[valid ? kind : 'invalid']++;
    if (isJson) {
      const result = { ...defined({ file, line }), valid, issues };
      await writeLine(io.stdout, jsonText(result, isLines || !isOnlyFile));
    } else {
      await writeIssues(io.stdout, { name, line }, { issues });
    }
  }
  if (!isJson) await writeLine(io.stdout, `${name}: ${summaryOf(counts)}`);
  return counts.invalid;
}

function summaryOf(counts: { record: number; resource: number; invalid: number }): string {
  const { record, resource, invalid } = counts;
  return [
    ...(record > 0 || resource === 0 ? [formatCount(record, 'valid record')] : []),
    ...(resource > 0 ? [formatCount(resource, 'valid resource')] : []),
    ...(invalid > 0 ? [`${formatCount(invalid, 'invalid document')}`] : []),
  ].join(', ');
}

function validateDocument(
  { text }: Document,
  policy: Policy,
): { kind: 'record' | 'resource'; issues: readonly Issue[] } {
  if (text === undefined) return { kind: 'record', issues: [NOT_UTF8] };
  const json = readJson(text);
  // FHIR allows numbers that a record cannot represent.
  const isValidFhirJson = json.ok || json.hasAllMembers === true;
  return isValidFhirJson && isResource(json.value)
    ? { kind: 'resource', issues: validateResource(json.value) }
    : { kind: 'record', issues: validateRecord(readRecordJson(json), policy) };
}
