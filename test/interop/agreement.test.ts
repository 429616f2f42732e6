import { afterAll, describe, expect, inject, it } from 'vitest';
import { unmapBundle } from '../../src/adapter.ts';
import { validator } from '../validation/definitions.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { readCorpus } from './corpus.ts';
import { DIFFERENCES } from './differences.ts';
import { startHl7Validator, type ValidationRequest } from './hl7-validator.ts';
import { mutations } from './mutations.ts';

const classPath = inject('classPath');

describe.skipIf(classPath === '')("our validator and HL7's agree on", () => {
  const hl7 = startHl7Validator(classPath);
  afterAll(() => hl7.close());
  const agreements: Agreement[] = [];

  async function compare(what: string, requests: readonly ValidationRequest[]): Promise<Agreement> {
    const results = await hl7.validate(requests);
    const agreement = agreementOf(
      requests.map(({ id, text }, index) => ({
        id,
        ours: validator.validate(JSON.parse(text)),
        theirs: results[index]?.issues ?? [],
      })),
    );
    agreements.push(agreement);
    const { agreed, explained } = agreement;
    console.log(`${what}: ${requests.length} compared, ${agreed} agreed`);
    for (const [row, count] of explained) console.log(`  ${count} x ${row.what}: ${row.reason}`);
    return agreement;
  }

  it('resources that violate one rule, for each kind of rule and each profile', async () => {
    const requests = mutations().map(({ id, resource }) => ({
      id,
      text: JSON.stringify(resource),
    }));
    expect(requests.length).toBeGreaterThan(300);
    expect((await compare('mutations', requests)).unexplained).toEqual([]);
  });

  it('the examples of R4, in which no records are found', async () => {
    const requests = readCorpus();
    expect(requests.length).toBeGreaterThan(200);
    for (const { text } of requests) {
      const { visits } = unmapBundle(JSON.parse(text));
      expect(visits.filter(({ record }) => record !== undefined)).toEqual([]);
    }
    expect((await compare('examples of R4', requests)).unexplained).toEqual([]);
  });

  it('everything except the differences of the table, all of which occur', () => {
    const used = new Set(agreements.flatMap(({ explained }) => [...explained.keys()]));
    expect(DIFFERENCES.filter((row) => !used.has(row)).map(({ reason }) => reason)).toEqual([]);
  });
});
