import { afterAll, describe, expect, inject, it } from 'vitest';
import { unmapBundle } from '../../src/adapter.ts';
import { validator } from '../validation/definitions.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { readCorpus } from './corpus.ts';
import { DIFFERENCES } from './differences.ts';
import { type Judging, startJudge } from './judge.ts';
import { mutations } from './mutations.ts';

const classPath = inject('classPath');

describe.skipIf(classPath === '')("our validator says the same as HL7's of", () => {
  const judge = startJudge(classPath);
  afterAll(() => judge.close());
  const agreements: Agreement[] = [];

  async function compare(what: string, asked: readonly Judging[]): Promise<Agreement> {
    const verdicts = await judge.judge(asked);
    const agreement = agreementOf(
      asked.map(({ id, text }, index) => ({
        id,
        ours: validator.validate(JSON.parse(text)),
        theirs: verdicts[index]?.issues ?? [],
      })),
    );
    agreements.push(agreement);
    const { agreed, explained } = agreement;
    console.log(`${what}: ${asked.length} compared, ${agreed} agreed`);
    for (const [row, count] of explained) console.log(`  ${count} x ${row.what}: ${row.reason}`);
    return agreement;
  }

  it('valid resources with one thing wrong, each kind of rule on each profile', async () => {
    const asked = mutations().map(({ id, resource }) => ({ id, text: JSON.stringify(resource) }));
    expect(asked.length).toBeGreaterThan(300);
    expect((await compare('mutations', asked)).unexplained).toEqual([]);
  });

  it('the examples of R4 itself, and reading them breaks nothing', async () => {
    const asked = readCorpus();
    expect(asked.length).toBeGreaterThan(200);
    for (const { text } of asked) {
      const { visits } = unmapBundle(JSON.parse(text));
      expect(visits.filter(({ record }) => record !== undefined)).toEqual([]);
    }
    expect((await compare('examples of R4', asked)).unexplained).toEqual([]);
  });

  it('what the table of differences explains, and the table has no row too many', () => {
    const needed = new Set(agreements.flatMap(({ explained }) => [...explained.keys()]));
    expect(DIFFERENCES.filter((row) => !needed.has(row)).map(({ reason }) => reason)).toEqual([]);
  });
});
