import type { Encounter, Procedure } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { anImsRecord, aSession } from '../../records.ts';
import { resourcesIn } from '../mapped.ts';

const session = aSession();

const procedureOf = (members: object, others: object = {}): Procedure | undefined =>
  resourcesIn<Procedure>(
    anImsRecord({ session: aSession({ ...members }), ...others }),
    'Procedure',
  )[0];

describe('a session', () => {
  it('has advice and warnings as followUp, code `other` in the words of the chart', () => {
    const advice = {
      aftercare: ['hot-bath', 'other'],
      warnings: ['warn-no-driving'],
      text: 'Sauna is fine',
    };
    expect(procedureOf(advice)?.followUp?.map(({ text }) => text)).toEqual([
      'Hot bath',
      'Sauna is fine',
      'Warned not to drive',
    ]);
  });

  it.each([
    ['not-done', '762450006'],
    ['stopped', '183932001'],
  ])('%s because contraindicated has the SNOMED CT code for that', (status, code) => {
    const stop = { by: 'clinician', reasons: ['contraindicated'] };
    const reason = procedureOf({ status, stop })?.statusReason;
    expect(reason?.coding?.map((coding) => coding.code)).toEqual(['contraindicated', code]);
  });

  it('and its Encounter have the complaints as reasons', () => {
    const record = anImsRecord({
      session,
      episode: { id: 'e', complaints: [{ key: 'c', text: 'Back' }] },
    });
    const [encounter] = resourcesIn<Encounter>(record, 'Encounter');
    const [procedure] = resourcesIn<Procedure>(record, 'Procedure');
    for (const resource of [encounter, procedure]) {
      expect(resource?.reasonCode?.map(({ text }) => text)).toEqual(['Back']);
    }
  });
});
