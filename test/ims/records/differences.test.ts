import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../src/ims/records/differences.ts';
import { cases, recordOf } from '../../examples/cases.ts';

const [first] = cases;
if (first === undefined) throw new Error('no example');
const record = recordOf(first);

describe('the differences between two records', () => {
  it('do not include instants that differ only in their offset', () => {
    const elsewhere = new Date(record.recordedAt).toISOString();
    expect(differencesOf(record, { ...record, recordedAt: elsewhere })).toEqual([]);
  });

  it('identify an entry of a list by its key, whatever its position', () => {
    const sites = record.session?.sites ?? [];
    const [site] = sites;
    if (record.session === undefined || site === undefined) throw new Error('no site');
    const changed = sites.map((entry) => (entry === site ? { ...entry, depthMm: 12.5 } : entry));
    const session = { ...record.session, sites: changed.toReversed() };
    const differences = differencesOf(record, { ...record, session });
    expect(differences).toMatchObject([
      { path: `/session/sites/${site.key}/depthMm`, found: 12.5 },
    ]);
  });

  it('include members that are missing on either side', () => {
    const { session, ...rest } = record;
    expect(differencesOf(record, rest)).toEqual([{ path: '/session', sent: session }]);
    expect(differencesOf(rest, record)).toEqual([{ path: '/session', found: session }]);
  });

  it('do not include people and organisations, which the target maintains', () => {
    const patient = { ...record.patient, birthDate: '1999-01-01' };
    expect(differencesOf(record, { ...record, patient })).toEqual([]);
  });
});
