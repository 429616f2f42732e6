// unmap: FHIR bundles back to records.
import { type UnmapAnswer, unmapBundle } from '../../adapter.ts';
import { hasErrors, type Issue } from '../../errors.ts';
import { readFhirText } from '../../service/input.ts';
import { type Document, openInput } from '../input.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { NO_UTF8 } from '../record.ts';
import { jsonText, report } from '../text.ts';

/** `ims-fhir unmap [file]`. */
export const addUnmap: AddCommand = (program, io, finish) => {
  program
    .command('unmap')
    .description('print the records that a FHIR bundle holds; more than one as lines')
    .argument('[file]', 'bundle as .json, or bundles or resources as .ndjson; - is stdin', '-')
    .option('--json', 'print { visits, issues } instead')
    .action((file: string, options: { json?: true }) => finish(unmap(file, options, io)));
};

async function unmap(file: string, options: { json?: true }, io: Io): Promise<ExitCode> {
  const { name, isLines, documents } = await openInput(file, io);
  let found = 0;
  let isRefused = false;
  const show = async (answer: UnmapAnswer, line?: number) => {
    const records = answer.visits.flatMap(({ record }) => (record === undefined ? [] : [record]));
    found += records.length;
    if (hasErrors(allIssues(answer)) || records.length < answer.visits.length) isRefused = true;
    if (options.json === true) return await say(io.stdout, jsonText(answer, isLines));
    const onOneLine = isLines || records.length > 1;
    for (const record of records) await say(io.stdout, jsonText(record, onOneLine));
    const losses = answer.visits.flatMap((visit) => visit.losses);
    await report(io.stderr, { name, line }, { issues: allIssues(answer), losses });
  };
  // A bulk export has one resource a line: they make sense together only.
  const loose: unknown[] = [];
  for await (const document of documents) {
    const read = readResource(document);
    if (!read.ok) await show({ visits: [], issues: read.issues }, document.line);
    else if (isLines && !isBundle(read.value)) loose.push(read.value);
    else await show(unmapBundle(read.value), document.line);
  }
  if (loose.length > 0) await show(unmapBundle(loose));
  if (found === 0) await say(io.stderr, `${name} holds no record.`);
  return isRefused || found === 0 ? EXIT.data : EXIT.ok;
}

function readResource({ text }: Document) {
  return text === undefined ? ({ ok: false, issues: [NO_UTF8] } as const) : readFhirText(text);
}

function isBundle(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'resourceType' in value &&
    value.resourceType === 'Bundle'
  );
}

function allIssues({ visits, issues }: UnmapAnswer): Issue[] {
  return [...visits.flatMap((visit) => visit.issues), ...issues];
}
