// The demo's work: the example visits through the service into the FHIR server and back again.
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Loss, PulledVisit } from '../adapter.ts';
import type { Issue } from '../errors.ts';
import { readRecordText } from '../ims/reader/read.ts';
import { isSameRecord } from '../ims/records/normal-form.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { call, type Service } from './client.ts';
import { CommandFailure, EXIT } from './io.ts';

/** An example and its invented visit. */
export interface Example {
  readonly name: string;
  readonly file: URL;
  readonly record: ImsRecord;
}

/** What became of one example. */
export interface Outcome extends Example {
  readonly status: string;
  readonly deliveries: readonly { target: string; state: string; cause?: string }[];
  /** How many resources of each type it became. */
  readonly resources: Readonly<Record<string, number>>;
  /** `Type/id` of those it was read back from. */
  readonly references: readonly string[];
  /** Whether the record that came back equals the one sent. */
  readonly isEqual: boolean;
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
}

// Two levels below the package's root, in src/ as in dist/.
const EXAMPLES = new URL('../../examples/', import.meta.url);

/** The example visits that come with the package, by name. */
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
  throw new CommandFailure(EXIT.reach, 'The examples are missing; install the package again.');
}

const submitted = z.object({
  results: z.array(
    z.looseObject({
      status: z.string(),
      deliveries: z.array(
        z.looseObject({ target: z.string(), state: z.string(), cause: z.string().exactOptional() }),
      ),
      issues: z.array(z.custom<Issue>()),
    }),
  ),
});

/** Pushes the examples in one request, waits, and pulls each back. */
export async function runDemo(service: Service, examples: readonly Example[]): Promise<Outcome[]> {
  const answer = submitted.parse(
    await call(service, {
      method: 'POST',
      path: '/v1/records?wait=30',
      type: 'application/x-ndjson',
      body: examples.map(({ record }) => JSON.stringify(record)).join('\n'),
      answers: [422],
    }),
  );
  const outcomes: Outcome[] = [];
  for (const [index, example] of examples.entries()) {
    const result = answer.results[index];
    const mapped = await map(service, example.record);
    const pulled = await pull(service, example.record);
    outcomes.push({
      ...example,
      status: result?.status ?? 'refused',
      deliveries: result?.deliveries ?? [],
      resources: mapped.resources,
      references: pulled?.basedOn.map(({ reference }) => reference) ?? [],
      isEqual: pulled?.record !== undefined && isSameRecord(example.record, pulled.record),
      losses: [...mapped.losses, ...(pulled?.losses ?? [])],
      issues: [...(result?.issues ?? []), ...(pulled?.issues ?? [])],
    });
  }
  return outcomes;
}

const mapShape = z.object({
  bundle: z.object({
    entry: z.array(z.object({ resource: z.object({ resourceType: z.string() }) })),
  }),
  losses: z.array(z.custom<Loss>()),
});

async function map(service: Service, record: ImsRecord) {
  const body = JSON.stringify(record);
  const type = 'application/json';
  const answer = await call(service, { method: 'POST', path: '/v1/map', type, body });
  const { bundle, losses } = mapShape.parse(answer);
  const resources: Record<string, number> = {};
  for (const { resource } of bundle.entry) {
    resources[resource.resourceType] = (resources[resource.resourceType] ?? 0) + 1;
  }
  return { resources, losses };
}

/** The path a visit is pulled from. */
export function pathOf({ source, recordId }: ImsRecord): string {
  return `/v1/records/${encodeURIComponent(source)}/${encodeURIComponent(recordId)}`;
}

async function pull(service: Service, record: ImsRecord): Promise<PulledVisit | undefined> {
  try {
    return (await call(service, { method: 'GET', path: pathOf(record) })) as PulledVisit;
  } catch (error) {
    if (error instanceof CommandFailure && error.exit === EXIT.data) return undefined;
    throw error;
  }
}
