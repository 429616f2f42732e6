// unmap: FHIR bundles to records.
import { type UnmapAnswer, unmapBundle } from '../../adapter.ts';
import { hasErrors, type Issue } from '../../errors.ts';
import { isOfType } from '../../fhir/resource.ts';
import { readFhirText } from '../../service/input.ts';
import { type Document, NOT_UTF8, openInput } from '../input.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
import { jsonText, writeIssues } from '../text.ts';

/** `ims-fhir unmap [file]`. */
export const addUnmap: AddCommand = (program, io, finish) => {
  program
    .command('unmap')
    .description('print the records in a FHIR bundle; several as NDJSON')
    .argument('[file]', 'bundle as .json, or bundles or resources as .ndjson; - is stdin', '-')
    .option('--json', 'print { visits, issues } instead')
    .action((file: string, options: { json?: true }) => finish(unmap(file, options, io)));
};

async function unmap(file: string, options: { json?: true }, io: Io): Promise<ExitCode> {
  const { name, isLines, documents } = await openInput(file, io);
  let recordCount = 0;
  let hasFailed = false;
  const print = async (answer: UnmapAnswer, line?: number) => {
    const records = answer.visits.flatMap(({ record }) => (record === undefined ? [] : [record]));
    const issues = allIssues(answer);
    recordCount += records.length;
    if (hasErrors(issues) || records.length < answer.visits.length) hasFailed = true;
    if (options.json === true) return await writeLine(io.stdout, jsonText(answer, isLines));
    const onOneLine = isLines || records.length > 1;
    for (const record of records) await writeLine(io.stdout, jsonText(record, onOneLine));
    const losses = answer.visits.flatMap((visit) => visit.losses);
    await writeIssues(io.stderr, { name, line }, { issues, losses });
  };
  // A bulk export has one resource per line: a visit consists of the resources of several lines.
  const resources: unknown[] = [];
  for await (const document of documents) {
    const read = readResource(document);
    if (!read.ok) await print({ visits: [], issues: read.issues }, document.line);
    else if (isLines && !isOfType(read.value, 'Bundle')) resources.push(read.value);
    else await print(unmapBundle(read.value), document.line);
  }
  if (resources.length > 0) await print(unmapBundle(resources));
  if (recordCount === 0) await writeLine(io.stderr, `No records found in ${name}.`);
  return hasFailed || recordCount === 0 ? EXIT.data : EXIT.ok;
}

function readResource({ text }: Document) {
  return text === undefined ? ({ ok: false, issues: [NOT_UTF8] } as const) : readFhirText(text);
}

function allIssues({ visits, issues }: UnmapAnswer): Issue[] {
  return [...visits.flatMap((visit) => visit.issues), ...issues];
}
