// The steps of the demo: sends the example visits through the service to the FHIR server and reads them back.
import { readdir, readFile } from 'node:fs/promises';
import type { Loss, PulledVisit, SubmitResult } from '../adapter.ts';
import type { Issue } from '../errors.ts';
import { resourceEntriesOf } from '../fhir/bundle.ts';
import { readRecordText } from '../ims/reader/read.ts';
import { isSameRecord } from '../ims/records/normal-form.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { mapAnswer, submitAnswer } from '../service/schemas.ts';
import { call, pullVisit, type Service } from './client.ts';
import { CommandFailure, EXIT } from './io.ts';

/** An example of the package: an invented visit or contact. */
export interface Example {
  readonly name: string;
  readonly file: URL;
  readonly record: ImsRecord;
}

/** The result for one example. */
export interface Outcome extends Example {
  readonly status: string;
  readonly deliveries: SubmitResult['deliveries'];
  /** Number of resources of each type that it was mapped to. */
  readonly resources: Readonly<Record<string, number>>;
  /** `Type/id` of the resources that it was read back from. */
  readonly references: readonly string[];
  /** True if the record that was read back equals the record sent. */
  readonly isEqual: boolean;
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
}

// Two levels below the package's root, in src/ and in dist/.
const EXAMPLES = new URL('../../examples/', import.meta.url);

/** The examples of the package, in the order of their names. */
export async function loadExamples(folder: URL = EXAMPLES): Promise<Example[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const examples: Example[] = [];
  for (const name of names.sort()) {
    const file = new URL(`${name}/record.json`, folder);
    const text = await readFile(file, 'utf8').catch(() => '');
    const read = text === '' ? undefined : readRecordText(text);
    if (read?.ok === true) examples.push({ name, file, record: read.record });
  }
  if (examples.length > 0) return examples;
  const message = 'The examples are missing from the package: install ims-fhir again.';
  throw new CommandFailure(EXIT.unavailable, message);
}

/** Pushes all examples in one request, waits for their deliveries, and pulls each. */
export async function runDemo(service: Service, examples: readonly Example[]): Promise<Outcome[]> {
  const { results } = await call(service, {
    method: 'POST',
    path: '/v1/records?wait=30',
    type: 'application/x-ndjson',
    body: examples.map(({ record }) => JSON.stringify(record)).join('\n'),
    answer: submitAnswer,
    answerStatuses: [422],
  });
  const outcomes: Outcome[] = [];
  for (const [index, example] of examples.entries()) {
    const { status, deliveries, issues } = results[index] ?? NO_RESULT;
    const mapped = await map(service, example.record);
    const pulled = await pull(service, example.record);
    outcomes.push({
      ...example,
      status,
      deliveries,
      resources: countByType(mapped.bundle),
      references: pulled?.basedOn.map(({ reference }) => reference) ?? [],
      isEqual: pulled?.record !== undefined && isSameRecord(example.record, pulled.record),
      losses: [...mapped.losses, ...(pulled?.losses ?? [])],
      issues: [...issues, ...(pulled?.issues ?? [])],
    });
  }
  return outcomes;
}

const NO_RESULT: SubmitResult = { status: 'refused', deliveries: [], issues: [] };

function map(service: Service, record: ImsRecord) {
  return call(service, {
    method: 'POST',
    path: '/v1/map',
    type: 'application/json',
    body: JSON.stringify(record),
    answer: mapAnswer,
  });
}

function countByType(bundle: unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { resource } of resourceEntriesOf(bundle)) {
    counts[resource.resourceType] = (counts[resource.resourceType] ?? 0) + 1;
  }
  return counts;
}

async function pull(service: Service, record: ImsRecord): Promise<PulledVisit | undefined> {
  try {
    return await pullVisit(service, { source: record.source, recordId: record.recordId });
  } catch (error) {
    if (error instanceof CommandFailure && error.exit === EXIT.data) return undefined;
    throw error;
  }
}
