import type { Bundle, CapabilityStatement } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { byIdentifier, matchingIds, observation, patient, sandboxFor, send } from './http.ts';

async function sandboxWithResources(): Promise<Sandbox> {
  const sandbox = await sandboxFor();
  const put = async (resource: object) => {
    const { resourceType, id } = resource as { resourceType: string; id: string };
    const response = await send(sandbox, ['PUT', `/${resourceType}/${id}`], { body: resource });
    if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  };
  await put(
    patient('A', {
      id: 'p',
      name: [{ family: 'Müller', given: ['Ann'] }],
      birthDate: '1970-05-01',
    }),
  );
  await put(patient('a', { id: 'q' }));
  await put(patient('1,2|3', { id: 'r' }));
  const status = { status: 'finished', class: { code: 'AMB' } };
  await put({ resourceType: 'Encounter', id: 'e', ...status, subject: { reference: 'Patient/p' } });
  const order = { status: 'active', intent: 'order', subject: { reference: 'Patient/p' } };
  await put({ resourceType: 'ServiceRequest', id: 's', ...order });
  await put({
    resourceType: 'Procedure',
    id: 'n',
    status: 'completed',
    subject: { reference: 'Patient/p' },
    encounter: { reference: 'Encounter/e' },
    basedOn: [{ reference: 'ServiceRequest/s' }],
    performedPeriod: { start: '2026-03-01T10:00:00-08:00', end: '2026-03-01T10:40:00-08:00' },
  });
  await put({
    ...observation('Patient/p'),
    id: 'o1',
    effectiveDateTime: '2026-03',
    partOf: [{ reference: 'Procedure/n' }],
  });
  await put({
    ...observation('Patient/p'),
    id: 'o2',
    effectiveDateTime: '2026-03-02T08:00:00Z',
    encounter: { reference: 'Encounter/e' },
  });
  await put({
    ...observation('Patient/q'),
    id: 'o3',
    code: { coding: [{ system: 'http://loinc.org', code: '72514-3', display: 'Pain severity' }] },
  });
  await put({
    resourceType: 'QuestionnaireResponse',
    id: 'qr',
    meta: { tag: [{ system: 'https://example.org/t', code: 'x' }] },
    status: 'completed',
    questionnaire: 'https://example.org/Questionnaire/a|1.0.0',
    identifier: { system: 'https://example.org/records', value: 'v-1' },
    subject: { reference: 'Patient/p' },
    source: { reference: 'Patient/p' },
  });
  return sandbox;
}

describe('a search', () => {
  it('returns exactly the matches', async () => {
    const sandbox = await sandboxWithResources();
    const cases: Array<[string, string[]]> = [
      [`/Patient?${byIdentifier('A')}`, ['p']],
      ['/Patient?identifier=A', ['p']],
      ['/Patient?identifier=https://example.org/records|', ['p', 'q', 'r']],
      [`/Patient?${byIdentifier('A')},https://example.org/records|a`, ['p', 'q']],
      [`/Patient?${byIdentifier('1\\,2\\|3')}`, ['r']],
      ['/Patient?identifier=|A', []],
      ['/Patient?identifier:not=A', ['q', 'r']],
      ['/Patient?family=mull', ['p']],
      ['/Patient?name:contains=nn', ['p']],
      ['/Patient?name:exact=ann', []],
      ['/Patient?birthdate=1970', ['p']],
      ['/Patient?birthdate=1970-05-01&family=M', ['p']],
      ['/Patient?birthdate:missing=true', ['q', 'r']],
      ['/Patient?_id=p,q', ['p', 'q']],
      ['/Observation?subject=Patient/p', ['o1', 'o2']],
      [`/Observation?subject=${sandbox.base}/Patient/p`, ['o1', 'o2']],
      ['/Observation?patient=p', ['o1', 'o2']],
      ['/Observation?patient=Patient/p&encounter=Encounter/e', ['o2']],
      ['/Observation?part-of=Procedure/n', ['o1']],
      ['/Observation?code=http://loinc.org|72514-3', ['o3']],
      ['/Observation?code=Pain', []],
      ['/Observation?date=2026-03', ['o1', 'o2']],
      ['/Observation?date=2026-03-02', ['o2']],
      ['/Observation?date=ge2026-03-03', ['o1']],
      ['/Observation?date=sa2026-03-01', ['o2']],
      ['/Procedure?date=ge2026-03-01T18:00:00Z&date=lt2026-03-01T18:30:00Z', ['n']],
      ['/Procedure?date=eb2026-03-01T18:41', ['n']],
      ['/Procedure?based-on=ServiceRequest/s', ['n']],
      ['/QuestionnaireResponse?identifier=https://example.org/records|v-1', ['qr']],
      ['/QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/a', ['qr']],
      ['/QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/a|1.0.0', ['qr']],
      ['/QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/a|2.0.0', []],
      ['/QuestionnaireResponse?source=Patient/p', ['qr']],
      ['/QuestionnaireResponse?_tag=https://example.org/t|x', ['qr']],
      ['/QuestionnaireResponse?_tag=https://example.org/t|y', []],
      ['/Observation?_lastUpdated=gt2000-01-01T00:00:00Z&subject=Patient/q', ['o3']],
      ['/Observation?_lastUpdated=lt2000', []],
      ['/Observation?_sort=-date&subject=Patient/p', ['o2', 'o1']],
    ];
    for (const [path, ids] of cases) {
      expect([path, await matchingIds(sandbox, path.replaceAll('|', '%7C'))]).toEqual([path, ids]);
    }
  });

  it('returns included resources, marked as included', async () => {
    const sandbox = await sandboxWithResources();
    const response = await send(sandbox, [
      'GET',
      '/Procedure?_include=Procedure:encounter&_revinclude=Observation:part-of',
    ]);
    const modes = ((response.body as Bundle).entry ?? []).map(
      (one) => `${one.resource?.id} ${one.search?.mode}`,
    );
    expect(modes).toEqual(['n match', 'e include', 'o1 include']);
  });

  it('can be sent by POST', async () => {
    const sandbox = await sandboxWithResources();
    const response = await send(sandbox, ['POST', '/Patient/_search'], {
      body: 'identifier=https%3A%2F%2Fexample.org%2Frecords%7Ca',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect((response.body as Bundle).entry?.map((result) => result.resource?.id)).toEqual(['q']);
  });

  it('is rejected where the sandbox would otherwise return too much', async () => {
    const sandbox = await sandboxWithResources();
    const queries = [
      'Flag?status=active',
      'Patient?identifier:of-type=a',
      'Observation?subject:Patient=p',
      'Observation?subject.identifier=a',
      'Patient?_count=x',
      'Observation?value-quantity=3',
      'Patient?birthdate=soon',
      'Patient?_sort=nothing',
      'Patient?identifier=',
    ];
    for (const query of queries) {
      expect([query, (await send(sandbox, ['GET', `/${query}`])).status]).toEqual([query, 400]);
    }
  });

  it('has next links that lead to every match once', async () => {
    const sandbox = await sandboxFor({ pageSize: 4 });
    for (let n = 0; n < 10; n++)
      await send(sandbox, ['PUT', `/Patient/p${n}`], { body: patient(`${n}`, { id: `p${n}` }) });
    const seen: string[] = [];
    let path: string | undefined = '/Patient?identifier:missing=false';
    const sizes: number[] = [];
    while (path !== undefined) {
      const page: Bundle = (await send(sandbox, ['GET', path])).body as Bundle;
      expect(page.total).toBe(10);
      sizes.push(page.entry?.length ?? 0);
      seen.push(...(page.entry ?? []).map((result) => result.resource?.id ?? ''));
      expect(page.link?.[0]).toMatchObject({ relation: 'self', url: sandbox.base + path });
      path = page.link?.find((link) => link.relation === 'next')?.url.slice(sandbox.base.length);
    }
    expect(sizes).toEqual([4, 4, 2]);
    expect(seen).toEqual(Array.from({ length: 10 }, (_, n) => `p${n}`));
    expect(await matchingIds(sandbox, '/Patient?_count=7')).toHaveLength(7);
    expect((await send(sandbox, ['GET', '/Patient?_summary=count'])).body).toMatchObject({
      total: 10,
      entry: [],
    });
  });
});

it('has a CapabilityStatement', async () => {
  const sandbox = await sandboxFor();
  const response = await send(sandbox, ['GET', '/metadata']);
  const statement = response.body as unknown as CapabilityStatement;
  expect(statement.fhirVersion).toBe('4.0.1');
  const rest = statement.rest?.[0];
  expect(rest?.interaction?.map((result) => result.code)).toContain('transaction');
  const type = (name: string) => rest?.resource?.find((one) => one.type === name);
  expect(type('Patient')).toMatchObject({ conditionalCreate: true, conditionalUpdate: true });
  const params = (name: string) => type(name)?.searchParam?.map((result) => result.name);
  expect(params('Observation')).toEqual(
    expect.arrayContaining([
      '_id',
      '_lastUpdated',
      '_tag',
      'identifier',
      'subject',
      'patient',
      'encounter',
      'date',
      'based-on',
      'part-of',
    ]),
  );
  expect(params('AdverseEvent')).not.toContain('identifier');
  expect(params('Flag')).not.toContain('status');
});
