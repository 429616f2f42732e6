import type { Condition } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { inEpisode, resourcesIn } from '../mapped.ts';

describe('a Condition of the episode', () => {
  const complaints = [
    { key: 'back', text: 'Back pain\nfor years', course: { onset: '2024' } },
    {
      key: 'neck',
      text: 'Neck',
      condition: 'neck-pain',
      course: { onset: { dateText: 'a fall' } },
    },
  ];
  const indications = [
    { key: 'elbow', condition: 'tennis-elbow', side: 'left' },
    { key: 'words', text: 'Overuse' },
  ];

  it('is written for each complaint and working diagnosis, active, as an encounter diagnosis', () => {
    const all = resourcesIn<Condition>(inEpisode({ complaints, indications }), 'Condition');
    expect(all.map(({ code }) => code?.text)).toEqual([
      'Back pain for years',
      'Neck',
      'Tennis elbow, left',
      'Overuse',
    ]);
    for (const { clinicalStatus, verificationStatus, category } of all) {
      expect(clinicalStatus?.coding?.[0]?.code).toBe('active');
      expect(verificationStatus).toBeUndefined();
      expect(category?.[0]?.coding?.[0]?.code).toBe('encounter-diagnosis');
    }
  });

  it('has the onset as charted, and the side as text without a code', () => {
    const [back, neck, elbow] = resourcesIn<Condition>(
      inEpisode({ complaints, indications }),
      'Condition',
    );
    expect(back?.onsetDateTime).toBe('2024');
    expect(neck?.onsetString).toBe('a fall');
    expect(elbow?.bodySite).toEqual([{ text: 'Left' }]);
  });

  it('of a record entered in error has no clinical status', () => {
    const record = inEpisode({ complaints }, { revision: 2, status: 'entered-in-error' });
    const [back] = resourcesIn<Condition>(record, 'Condition');
    expect(back?.clinicalStatus).toBeUndefined();
    expect(back?.verificationStatus?.coding?.[0]?.code).toBe('entered-in-error');
  });
});
