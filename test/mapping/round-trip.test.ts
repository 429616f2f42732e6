import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { fromFhir } from '../../src/mapping/from-fhir.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { hostileServer, type ServerChanges } from './hostile-server.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 250);

function readBack(record: ImsRecord, changes?: ServerChanges) {
  const { bundle } = mapRecord(record);
  const received =
    changes === undefined
      ? (bundle.entry ?? []).flatMap(({ resource, fullUrl = '' }) =>
          resource === undefined ? [] : [{ resource, fullUrl }],
        )
      : hostileServer(bundle, changes);
  const { visits, issues } = fromFhir(received);
  expect(visits).toHaveLength(1);
  return { ...visits[0], foreign: issues };
}

/** A record without its declared losses. */
function withoutLosses(record: ImsRecord): ImsRecord {
  const lost = mapRecord(record).losses.map(({ path }) => path.slice(1));
  const entries = Object.entries(record).filter(([name]) => !lost.includes(name));
  return Object.fromEntries(entries) as unknown as ImsRecord;
}

/** A record without documents and notes; undefined where nothing else remains. */
function withoutFiles({ documents, notes, ...rest }: ImsRecord): ImsRecord | undefined {
  const { assessment, screening, session, consents, refusals, events, contacts } = rest;
  const sections = [assessment, screening, session, consents, refusals, events, contacts];
  const isEmpty = sections.every((section) => section === undefined);
  return isEmpty && rest.status !== 'entered-in-error' ? undefined : rest;
}

describe('a record through FHIR and back', () => {
  it('is the same record, without issues', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const { record: again, issues, foreign } = readBack(record);
        expect(issues).toEqual([]);
        expect(foreign).toEqual([]);
        expect(again && normalForm(again)).toBe(normalForm(withoutLosses(record)));
      }),
      { numRuns: RUNS },
    );
  });

  it('is the same record from a hostile server, also without documents and narratives', () => {
    fc.assert(
      fc.property(arbitraryRecord(), fc.integer(), fc.boolean(), (record, seed, onlyStructure) => {
        const expected = onlyStructure
          ? withoutFiles(withoutLosses(record))
          : withoutLosses(record);
        fc.pre(expected !== undefined);
        const { record: again, issues = [] } = readBack(record, { seed, onlyStructure });
        // References to the dropped documents remain in the record and are reported as warnings.
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(again && normalForm(again)).toBe(normalForm(expected as ImsRecord));
      }),
      { numRuns: RUNS },
    );
  });

  it('is reported as unreadable where the server strips extensions, never read as another record', () => {
    fc.assert(
      fc.property(arbitraryRecord(), fc.integer(), (record, seed) => {
        const { record: again, issues } = readBack(record, { seed, stripExtensions: true });
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

  it('has one resource for each identifier, and every reference resolves within the bundle', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const { bundle } = mapRecord(record);
        const urls = (bundle.entry ?? []).map(({ fullUrl }) => fullUrl);
        expect(new Set(urls).size).toBe(urls.length);
        const references = JSON.stringify(bundle).matchAll(/"reference":"(urn:uuid:[^"]+)"/g);
        const unknown = [...references].map(([, url]) => url).filter((url) => !urls.includes(url));
        expect(unknown).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
