// The body chart is written as a drawing and never read back.
import type { DocumentReference } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { mapRecord, unmapBundle } from '../../../src/adapter.ts';
import type { ImsRecord } from '../../../src/ims/schema/record.ts';
import { anImsRecord, aSession, aSite } from '../../records.ts';

/** A session at one site. */
const session = aSession({ sites: [aSite()] });

function drawings(record: ImsRecord): DocumentReference[] {
  return (mapRecord(record).bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'DocumentReference' ? [resource] : [],
  );
}

function drawn(reference: DocumentReference | undefined): string {
  const data = reference?.content?.[0]?.attachment?.data ?? '';
  return Buffer.from(data, 'base64').toString('utf8');
}

describe('the body chart of a session', () => {
  it('is an SVG drawing with its own type, and lists its sites in words', () => {
    const [chart, ...others] = drawings(anImsRecord({ session }));
    expect(others).toEqual([]);
    expect(chart?.type?.coding?.map(({ code }) => code)).toEqual(['body-chart']);
    expect(chart?.content?.[0]?.attachment?.contentType).toBe('image/svg+xml');
    expect(drawn(chart)).toMatch(/^<svg /);
    expect(drawn(chart)).toContain('>Left upper trapezius<');
    expect(chart?.text?.div).toContain('1. Left upper trapezius');
  });

  it('shows contraindications, and that a record was entered in error', () => {
    const screening = { cancer: { answer: 'yes', status: 'cancer-active' } };
    const [chart] = drawings(anImsRecord({ screening, session }));
    expect(drawn(chart)).toContain('>CONTRAINDICATION, whole session');
    const [retracted] = drawings(anImsRecord({ session, status: 'entered-in-error' }));
    expect(retracted?.status).toBe('entered-in-error');
    expect(drawn(retracted)).toContain('>ENTERED IN ERROR');
  });

  it('is not written where no site was needled or planned', () => {
    expect(drawings(anImsRecord())).toEqual([]);
    const stop = { by: 'patient' };
    const notDone = aSession({ status: 'not-done', stop });
    expect(drawings(anImsRecord({ session: notDone }))).toEqual([]);
  });

  it('is never read back as a document of the record', () => {
    const record = anImsRecord({ session });
    const { bundle } = mapRecord(record);
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType !== 'DocumentReference') continue;
      for (const { attachment } of resource.content ?? []) attachment.data = 'ZWRpdGVk';
    }
    const { visits, issues } = unmapBundle(bundle);
    expect([issues, visits[0]?.issues]).toEqual([[], []]);
    expect(visits[0]?.record).toEqual(record);
  });
});
