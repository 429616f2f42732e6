import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { etagOf } from '../../src/fhir/resource.ts';
import { tokenOf } from '../../src/fhir/search.ts';
import type { Remote } from '../../src/remote/remote.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { remoteFor, thrownBy } from './target.ts';

async function connected(
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; remote: Remote }> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return { sandbox, remote: remoteFor({ base: sandbox.base, timeoutMs: 5000 }) };
}

const SYSTEM = 'https://example.org/a|b,c';

function people(values: string[], members: object = {}): Bundle {
  const entry = values.map((value): BundleEntry => {
    const condition = new URLSearchParams({ identifier: tokenOf(SYSTEM, value) });
    return {
      resource: { resourceType: 'Patient', identifier: [{ system: SYSTEM, value }], ...members },
      request: { method: 'PUT', url: `Patient?${condition}` },
    };
  });
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

async function idsOf(remote: Remote, params: ReadonlyArray<readonly [string, string]>) {
  const ids: string[] = [];
  for await (const patient of remote.search('Patient', params)) ids.push(patient.id ?? '');
  return ids;
}

describe('a remote of the sandbox', () => {
  it('reads its capabilities', async () => {
    const { remote } = await connected();
    expect(await remote.capabilities()).toEqual({ fhirVersion: '4.0.1', transaction: true });
  });

  it('writes, updates, reads and searches resources with any characters in identifiers', async () => {
    const { sandbox, remote } = await connected({ pageSize: 3 });
    const values = ['1', 'a|b', 'a,b', 'a\\b', 'a$b', 'a b', 'ä&=+%?#'];
    const created = await remote.transact(people(values));
    expect(created.map((entry) => entry.status)).toEqual(values.map(() => 201));
    const again = await remote.transact(people(values, { gender: 'other' }));
    expect(again.map(({ status, id, version }) => [status, id, version])).toEqual(
      created.map(({ id }) => [200, id, '2']),
    );
    for (const [index, value] of values.entries()) {
      expect(await idsOf(remote, [['identifier', tokenOf(SYSTEM, value)]])).toEqual([
        created[index]?.id,
      ]);
    }
    expect(await idsOf(remote, [])).toEqual(created.map(({ id }) => id));
    expect(sandbox.counts).toMatchObject({ transactions: 2, created: 7, updated: 7 });
    const id = created[0]?.id ?? '';
    expect(await remote.read('Patient', id)).toMatchObject({ meta: { versionId: '2' } });
    expect(await remote.read('Patient', 'nobody')).toBeUndefined();
  });

  it('reports the entry for which a transaction was rejected as a whole', async () => {
    const { sandbox, remote } = await connected();
    const bundle = people(['1', '2']);
    bundle.entry?.push({
      resource: { resourceType: 'Flag' } as never,
      request: { method: 'POST', url: 'Flag' },
    });
    const error = await thrownBy(remote.transact(bundle));
    expect(error).toMatchObject({ code: 'remote-refused', retry: 'never' });
    const { issues } = error as { issues: Array<{ path: string }> };
    expect(issues.map((issue) => issue.path)).toContain('Bundle.entry[2].resource.Flag.code');
    expect(sandbox.resources()).toEqual([]);
  });

  it('rejects an update of an outdated version', async () => {
    const { remote } = await connected();
    const [created] = await remote.transact(people(['1']));
    const put = (version: string, gender: 'male' | 'female') =>
      remote.transact({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            resource: { resourceType: 'Patient', id: created?.id ?? '', gender },
            request: { method: 'PUT', url: `Patient/${created?.id}`, ifMatch: etagOf(version) },
          },
        ],
      });
    expect(await put('1', 'male')).toMatchObject([{ status: 200, version: '2' }]);
    expect(await thrownBy(put('1', 'female'))).toMatchObject({
      code: 'remote-conflict',
      retry: 'never',
    });
  });

  it('finds the work done after a response was lost', async () => {
    let isLost = true;
    const beforeResponse = async () => (isLost ? ({ kind: 'cut' } as const) : undefined);
    const { sandbox, remote } = await connected({ beforeResponse });
    expect(await thrownBy(remote.transact(people(['1'])))).toMatchObject({
      code: 'remote-failed',
      retry: 'unknown',
    });
    expect(sandbox.counts.created).toBe(1);
    isLost = false;
    expect(await remote.transact(people(['1']))).toMatchObject([{ status: 200, version: '1' }]);
  });
});
