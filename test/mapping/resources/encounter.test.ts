import type { Encounter } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { structureUrl } from '../../../src/fhir/canonical.ts';
import { anImsRecord } from '../../records.ts';
import { resourcesIn } from '../mapped.ts';

describe('the Encounter of a contact', () => {
  it('has the practitioner of the contact as a participant', () => {
    const contact = anImsRecord({
      kind: 'contact',
      visit: undefined,
      contacts: [
        {
          key: 'c',
          at: '2026-03-02T09:00:00-08:00',
          direction: 'incoming',
          means: 'telephone',
          practitioners: ['dr'],
        },
      ],
    });
    const [encounter] = resourcesIn<Encounter>(contact, 'Encounter');
    expect(encounter?.participant).toHaveLength(1);
    expect(encounter?.extension?.map(({ url }) => url)).not.toContain(
      structureUrl('named-practitioner'),
    );
  });
});
