// A hundred migrated sessions without a documented screening are sent through the service to a FHIR server.
// None is held for it, and no unanswered question is written as "no".
import fc from 'fast-check';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/ims/reader/read.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { SOURCE } from '../records.ts';
import { startHarness } from '../service/harness.ts';

const COUNT = 100;
const SEED = 19_980_312;
const START = /^Screening not recorded in the source system/;
/** Resources of people, or of several visits: their narratives do not describe one visit. */
const BEYOND_VISIT = new Set([
  ...['Patient', 'Practitioner', 'PractitionerRole', 'Organization', 'Condition', 'Consent'],
  ...['AdverseEvent', 'CarePlan', 'Goal', 'ServiceRequest', 'Flag'],
]);
const DENIALS: Readonly<Record<string, string>> = {
  no: 'unknown',
  absent: 'not-tested',
  'ruled-out': 'suspected',
  'not-felt': 'painless',
};

/** The value with every negative answer replaced, so that a "no" in FHIR could only be invented. */
function withoutDenials(value: unknown): unknown {
  if (typeof value === 'string') return DENIALS[value] ?? value;
  if (Array.isArray(value)) return [...new Set(value.map(withoutDenials))];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutDenials(inner)]),
  );
}

/** A generated record as an old chart: migrated, signed, without a documented screening. */
function oldChart(record: ImsRecord, index: number): ImsRecord[] {
  const { screening: _, corrections: __, staffEvents: ___, local: ____, ...rest } = record;
  if (rest.kind !== 'visit' || rest.session === undefined) return [];
  const read = readRecord({
    ...(withoutDenials(rest) as ImsRecord),
    source: SOURCE,
    recordId: `old-${index}`,
    revision: 1,
    status: 'final',
    origin: { how: 'migrated', system: 'Paper charts', locator: `Box ${index}` },
    patient: { ...rest.patient, id: `p-${index}` },
    session: {
      ...(withoutDenials(rest.session) as typeof rest.session),
      screening: { basis: 'screening-not-documented' },
    },
  });
  return read.ok ? [read.record] : [];
}

const charts = fc
  .sample(arbitraryRecord({ statuses: ['final'] }), { seed: SEED, numRuns: COUNT * 4 })
  .flatMap(oldChart)
  .slice(0, COUNT);

/** The record without people and places of the clinic, which a server keeps as first written. */
function ofChart({ practitioners: _, clinic: __, ...rest }: ImsRecord): ImsRecord {
  return rest;
}

const { app, adapter, sandbox } = await startHarness();

describe('a hundred migrated sessions without screening', () => {
  it('are all delivered, none held', async () => {
    expect(charts).toHaveLength(COUNT);
    const answer = await request(app)
      .post('/v1/records?target=first')
      .set('content-type', 'application/x-ndjson')
      .send(charts.map((chart) => JSON.stringify(chart)).join('\n'));
    expect(answer.body).toMatchObject({ accepted: COUNT, refused: 0 });
    await adapter.idle();
    const results = answer.body.results as { deliveries: { id: string }[] }[];
    const states = await Promise.all(
      results.flatMap(({ deliveries }) =>
        deliveries.map(async ({ id }) => (await adapter.delivery(id))?.state),
      ),
    );
    expect(states).toEqual(Array.from({ length: COUNT }, () => 'delivered'));
  });

  it('have a note at the start of each narrative that no screening was recorded', () => {
    const narratives = sandbox.resources().flatMap((resource) => {
      const { div } = (resource as { text?: { div?: string } }).text ?? {};
      return div === undefined ? [] : [{ type: resource.resourceType, div }];
    });
    expect(narratives.filter(({ type }) => type === 'Procedure')).toHaveLength(COUNT);
    const ofVisit = narratives.filter(({ type }) => !BEYOND_VISIT.has(type));
    expect(ofVisit.filter(({ div }) => !START.test(div.replace(/<[^>]*>/g, '')))).toEqual([]);
  });

  it('have no negative answer in FHIR that is not in the chart', () => {
    const text = JSON.stringify(
      sandbox.resources().map((resource) => ({ ...resource, text: undefined })),
    );
    for (const denial of [...Object.keys(DENIALS), '373067005', 'refuted', 'inactive']) {
      expect(text).not.toContain(`"code":"${denial}"`);
    }
    expect(text).not.toMatch(/"value(Boolean|String|Code)":(false|"false"|"no")/);
  });

  it('are read back unchanged, without answers', async () => {
    for (const chart of charts) {
      const path = `/v1/records/${encodeURIComponent(SOURCE)}/${chart.recordId}?target=first`;
      const { record } = (await request(app).get(path)).body as { record: ImsRecord };
      expect(record.screening).toBeUndefined();
      expect(normalForm(ofChart(record))).toBe(normalForm(ofChart(chart)));
    }
  });
});
