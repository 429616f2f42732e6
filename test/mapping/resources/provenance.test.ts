import type { Provenance } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { inEpisode, resourcesIn } from '../mapped.ts';

describe('the Provenance of a visit', () => {
  it('has all resources of the revision as targets, except Patient and AdverseEvent', () => {
    const record = inEpisode(
      {
        complaints: [{ key: 'c', text: 'Back' }],
        goals: [{ key: 'g', goal: 'reduce-pain' }],
        plan: { plannedTotal: 3 },
        claims: { referral: 'yes' },
      },
      {
        assessment: { pain: [{ key: 'pain', context: 'pain-current', value: 3 }] },
        notes: [{ key: 'n', text: 'Seen', author: 'dr', date: '2026-03-02' }],
      },
    );
    const [provenance] = resourcesIn<Provenance>(record, 'Provenance');
    expect(provenance?.target).toHaveLength(8);
  });
});
