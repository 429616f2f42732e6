import type { ServiceRequest } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { inEpisode, resourcesIn } from '../mapped.ts';

describe('a referral', () => {
  const requestOf = (claims: object, others: object = {}) =>
    resourcesIn<ServiceRequest>(inEpisode({ claims }, others), 'ServiceRequest')[0];
  const claims = { claims: [{ key: 'c', payer: 'icbc', number: 'K-1' }], referralBy: 'Dr. A' };

  it('is written where the chart mentions one, with a status that is not open work', () => {
    const request = requestOf({ ...claims, referral: 'yes', referralDate: '2026-02' });
    expect(request).toMatchObject({
      status: 'unknown',
      intent: 'order',
      authoredOn: '2026-02',
      requester: { display: 'Dr. A' },
    });
    expect(JSON.stringify(request)).not.toContain('K-1');
  });

  it('is not derived from an insurance claim', () => {
    expect(requestOf(claims)).toBeUndefined();
    expect(requestOf({ ...claims, referral: 'no' })).toBeUndefined();
  });

  it('has no code for physiotherapy where the chart has only other professions', () => {
    const standings = [{ practitioner: 'dr', profession: ['physician'] }];
    const request = requestOf({ ...claims, referral: 'yes' }, { assessment: { standings } });
    expect(request?.code?.coding).toBeUndefined();
  });
});
