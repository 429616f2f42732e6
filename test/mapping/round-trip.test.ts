import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { fromFhir } from '../../src/mapping/from-fhir.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { hostile, type Mischief } from './hostile.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 250);

function back(record: ImsRecord, mischief?: Mischief) {
  const { bundle } = mapRecord(record);
  const found =
    mischief === undefined
      ? (bundle.entry ?? []).flatMap(({ resource, fullUrl = '' }) =>
          resource === undefined ? [] : [{ resource, fullUrl }],
        )
      : hostile(bundle, mischief);
  const { visits, issues } = fromFhir(found);
  expect(visits).toHaveLength(1);
  return { ...visits[0], foreign: issues };
}

/** A record without what is a declared loss. */
function kept(record: ImsRecord): ImsRecord {
  const lost = mapRecord(record).losses.map(({ path }) => path.slice(1));
  const entries = Object.entries(record).filter(([name]) => !lost.includes(name));
  return Object.fromEntries(entries) as unknown as ImsRecord;
}

/** A record without documents and notes; undefined where nothing else is in it. */
function structureOf({ documents, notes, ...rest }: ImsRecord): ImsRecord | undefined {
  const { assessment, screening, session, consents, refusals, events, contacts } = rest;
  const sections = [assessment, screening, session, consents, refusals, events, contacts];
  const isEmpty = sections.every((section) => section === undefined);
  return isEmpty && rest.status !== 'entered-in-error' ? undefined : rest;
}

describe('a record through FHIR and back', () => {
  it('is the same record, with nothing to tell', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const { record: again, issues, foreign } = back(record);
        expect(issues).toEqual([]);
        expect(foreign).toEqual([]);
        expect(again && normalForm(again)).toBe(normalForm(kept(record)));
      }),
      { numRuns: RUNS },
    );
  });

  it('is the same record from a hostile server, also without documents and narratives', () => {
    fc.assert(
      fc.property(arbitraryRecord(), fc.integer(), fc.boolean(), (record, seed, onlyStructure) => {
        const left = onlyStructure ? structureOf(kept(record)) : kept(record);
        fc.pre(left !== undefined);
        const { record: again, issues = [] } = back(record, { seed, onlyStructure });
        // Without its documents a record still names them, and says that they are gone.
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(again && normalForm(again)).toBe(normalForm(left as ImsRecord));
      }),
      { numRuns: RUNS },
    );
  });

  it('is told as unreadable, never as another record, where the server strips extensions', () => {
    fc.assert(
      fc.property(arbitraryRecord(), fc.integer(), (record, seed) => {
        const { record: again, issues } = back(record, { seed, stripExtensions: true });
        expect(again).toBeUndefined();
        expect(issues?.map(({ code }) => code)).toContain('envelope-missing');
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same bytes each time', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        expect(JSON.stringify(mapRecord(record))).toBe(
          JSON.stringify(mapRecord(structuredClone(record))),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('has one resource per identifier and resolves every reference within the bundle', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const { bundle } = mapRecord(record);
        const urls = (bundle.entry ?? []).map(({ fullUrl }) => fullUrl);
        expect(new Set(urls).size).toBe(urls.length);
        const referred = JSON.stringify(bundle).matchAll(/"reference":"(urn:uuid:[^"]+)"/g);
        const unknown = [...referred].map(([, url]) => url).filter((url) => !urls.includes(url));
        expect(unknown).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
