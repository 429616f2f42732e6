import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { goldens } from '../golden/cases.ts';
import {
  faultsOf,
  startHl7Validator,
  unusedRows,
  type ValidationRequest,
  type ValidationResult,
} from './hl7-validator.ts';
import type { Trait } from './unavoidable.ts';
import { generatedVisits } from './visits.ts';

const DEFINITIONS = new URL('../../profiles/fsh-generated/resources/', import.meta.url);
const classPath = inject('classPath');

/** Facts that a record omits, about which the validator warns. */
function traitsOf(record: ImsRecord): Trait[] {
  const { visit } = record;
  const isInWords = JSON.stringify(record).includes('"dateText":');
  const isDated = (visit?.startAt !== undefined || visit?.date !== undefined) && !isInWords;
  return [
    ...(visit?.practitioners === undefined ? (['no-practitioner'] as const) : []),
    ...(isDated ? [] : (['no-time'] as const)),
  ];
}

/** The transaction of a record: the validator checks each resource in it with its profile. */
function bundle(id: string, record: ImsRecord): ValidationRequest {
  return { id, text: JSON.stringify(mapRecord(record).bundle), traits: traitsOf(record) };
}

/** Each resource of a record on its own, as a server receives it. */
function resources(id: string, record: ImsRecord): ValidationRequest[] {
  return (mapRecord(record).bundle.entry ?? []).map(({ resource }, index) => ({
    id: `${id}[${index}] ${resource?.resourceType}`,
    text: JSON.stringify(resource),
    traits: traitsOf(record),
  }));
}

describe.skipIf(classPath === '')("HL7's validator", () => {
  const hl7 = startHl7Validator(classPath);
  const results: ValidationResult[] = [];
  afterAll(() => hl7.close());

  async function faultsIn(what: string, requests: readonly ValidationRequest[]): Promise<string[]> {
    const validated = await hl7.validate(requests);
    results.push(...validated);
    const messages = validated.flatMap(({ issues }) =>
      issues.filter((one) => one.severity !== 'information'),
    );
    console.log(`${what}: ${requests.length} validated, ${messages.length} messages`);
    return faultsOf(validated);
  }

  it('accepts every published definition', async () => {
    const files = readdirSync(DEFINITIONS).filter((name) => name.endsWith('.json'));
    const requests = files.map((id) => ({
      id,
      text: readFileSync(new URL(id, DEFINITIONS), 'utf8'),
      traits: ['definition'] as const,
    }));
    expect(await faultsIn('definitions', requests)).toEqual([]);
  });

  it('accepts every resource and transaction of the examples and golden cases', async () => {
    const bundles = [...cases, ...goldens].map((one) => bundle(one.name, recordOf(one)));
    const single = cases.flatMap((one) => resources(one.name, recordOf(one)));
    expect(await faultsIn('examples', [...bundles, ...single])).toEqual([]);
  });

  it('accepts generated visits', async () => {
    const requests = generatedVisits().map((record, index) => bundle(`generated ${index}`, record));
    expect(await faultsIn('generated visits', requests)).toEqual([]);
  });

  it('reports every message of the list of unavoidable messages', () => {
    expect(unusedRows(results)).toEqual([]);
  });
});
