import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { goldens } from '../golden/cases.ts';
import { faultsOf, type Judging, startJudge, unneeded, type Verdict } from './judge.ts';
import type { Trait } from './unavoidable.ts';
import { drawnVisits } from './visits.ts';

const DEFINITIONS = new URL('../../profiles/fsh-generated/resources/', import.meta.url);
const classPath = inject('classPath');

/** What a record leaves open that the validator would like to know. */
function traitsOf(record: ImsRecord): Trait[] {
  const { visit } = record;
  const isInWords = JSON.stringify(record).includes('"dateText":');
  const isDated = (visit?.startAt !== undefined || visit?.date !== undefined) && !isInWords;
  return [
    ...(visit?.practitioners === undefined ? (['no-practitioner'] as const) : []),
    ...(isDated ? [] : (['no-time'] as const)),
  ];
}

/** The whole transaction: its resources are judged inside it, each by the profile it claims. */
function bundle(id: string, record: ImsRecord): Judging {
  return { id, text: JSON.stringify(mapRecord(record).bundle), traits: traitsOf(record) };
}

/** Each resource by itself, as a server sees it. */
function resources(id: string, record: ImsRecord): Judging[] {
  return (mapRecord(record).bundle.entry ?? []).map(({ resource }, index) => ({
    id: `${id}[${index}] ${resource?.resourceType}`,
    text: JSON.stringify(resource),
    traits: traitsOf(record),
  }));
}

describe.skipIf(classPath === '')("HL7's validator finds no fault in", () => {
  const judge = startJudge(classPath);
  const verdicts: Verdict[] = [];
  afterAll(() => judge.close());

  async function faultsIn(what: string, asked: readonly Judging[]): Promise<string[]> {
    const found = await judge.judge(asked);
    verdicts.push(...found);
    const remarks = found.flatMap(({ issues }) =>
      issues.filter((one) => one.severity !== 'information'),
    );
    console.log(`${what}: ${asked.length} judged, ${remarks.length} remarks`);
    return faultsOf(found);
  }

  it('any definition of ours', async () => {
    const files = readdirSync(DEFINITIONS).filter((name) => name.endsWith('.json'));
    const asked = files.map((id) => ({
      id,
      text: readFileSync(new URL(id, DEFINITIONS), 'utf8'),
      traits: ['definition'] as const,
    }));
    expect(await faultsIn('definitions', asked)).toEqual([]);
  });

  it('any resource and any transaction of the examples and golden cases', async () => {
    const whole = [...cases, ...goldens].map((one) => bundle(one.name, recordOf(one)));
    const single = cases.flatMap((one) => resources(one.name, recordOf(one)));
    expect(await faultsIn('examples', [...whole, ...single])).toEqual([]);
  });

  it('visits drawn at random', async () => {
    const asked = drawnVisits().map((record, index) => bundle(`drawn ${index}`, record));
    expect(await faultsIn('drawn visits', asked)).toEqual([]);
  });

  it('what the list of unavoidable warnings does not name, and the list names nothing else', () => {
    expect(unneeded(verdicts)).toEqual([]);
  });
});
