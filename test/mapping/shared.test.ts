import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { contextOf } from '../../src/mapping/context.ts';
import {
  buildShared,
  excerptOf,
  isMerged,
  isShared,
  mergedIdentifiers,
  readExcerpt,
} from '../../src/mapping/shared.ts';
import { sharedToFhir, toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord, arbitraryVisits } from '../arbitraries/record.ts';
import { anImsRecord } from '../records.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 200);

function contributorOf(record: ImsRecord) {
  return { record, findings: assess(record).findings };
}

describe('the excerpt of a record', () => {
  it('builds the same shared resources as the record itself', () => {
    const property = fc.property(arbitraryVisits(), (visits) => {
      const whole = visits.map(contributorOf);
      const excerpts = whole.map((contributor) => readExcerpt(excerptOf(contributor)));
      for (const [index, contributor] of whole.entries()) {
        const excerpt = excerpts[index];
        if (excerpt === undefined) throw new Error('unreadable excerpt');
        const others = whole.filter((_, at) => at !== index).map(({ record }) => record);
        const otherExcerpts = excerpts
          .filter((_, at) => at !== index)
          .flatMap((other) => (other === undefined ? [] : [other.record]));
        const built = [...buildShared(excerpt, otherExcerpts).values()];
        const expected = [...buildShared(contributor, others).values()];
        expect(JSON.stringify(built.map(({ resource }) => resource))).toBe(
          JSON.stringify(expected.map(({ resource }) => resource)),
        );
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it('is not read from text of another form', () => {
    expect(readExcerpt('{"record":1')).toBeUndefined();
    expect(readExcerpt('{}')).toBeUndefined();
    const excerpt = JSON.parse(excerptOf(contributorOf(anImsRecord()))) as object;
    expect(readExcerpt(JSON.stringify({ ...excerpt, format: 0 }))).toBeUndefined();
  });
});

describe('shared resources', () => {
  it('are the shared part of what a record maps to, and every merged one is announced', () => {
    const property = fc.property(arbitraryRecord(), (record) => {
      const assessment = assess(record);
      const all = toFhir(record, assessment).resources.filter(({ value }) => isShared(value));
      const shared = sharedToFhir(contextOf(record, assessment));
      const own = shared.filter(({ value }) => isShared(value));
      const values = (resources: readonly { value: string }[]) =>
        resources.map(({ value }) => value).sort();
      expect(values(own)).toEqual(values(all));
      const merged = values(own).filter(isMerged);
      expect(mergedIdentifiers(record)).toEqual(expect.arrayContaining(merged));
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it('are those of patient and episode, and events, which visits report together', () => {
    const property = fc.property(arbitraryRecord(), (record) => {
      const { resources } = toFhir(record, assess(record));
      for (const { value, scope, resource } of resources) {
        const isPerson = resource.resourceType === 'Patient';
        expect(isShared(value), value).toBe(
          !isPerson && (scope === 'episode' || scope === 'patient'),
        );
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });
});
