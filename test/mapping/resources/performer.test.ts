import type { Procedure } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { structureUrl } from '../../../src/fhir/canonical.ts';
import { anImsRecord, aSession } from '../../records.ts';
import { resourcesIn } from '../mapped.ts';

const session = aSession();

const performerOf = (standing: object) => {
  const assessment = { standings: [{ practitioner: 'dr', ...standing }] };
  const [procedure] = resourcesIn<Procedure>(anImsRecord({ session, assessment }), 'Procedure');
  return procedure?.performer?.[0];
};

describe('a performer of a session', () => {
  it('has the profession and training that the chart gives', () => {
    const performer = performerOf({
      profession: ['physiotherapist'],
      credentials: [
        { kind: 'dry-needling-course', date: '2020' },
        { kind: 'gunn-ims-certified', evidence: 'seen' },
      ],
    });
    expect(performer?.function?.coding?.map(({ code }) => code)).toContain('36682004');
    const urls = performer?.extension?.map(({ url }) => url);
    expect(urls).toEqual(Array(2).fill(structureUrl('practitioner-credential')));
  });

  it.each([
    ['an unknown profession', {}, undefined],
    [
      'several professions',
      { profession: ['physician', 'physiotherapist'] },
      'Physician, Physiotherapist',
    ],
    ['a profession without a code', { profession: ['other'], text: 'Osteopath' }, 'Osteopath'],
    ['a profession in words', { asWritten: { profession: 'RMT' } }, 'RMT'],
  ])('has no code for %s', (_what, standing, text) => {
    const performer = performerOf(standing);
    expect(performer?.actor?.display).toBe('Practitioner');
    expect(performer?.function?.text).toBe(text);
  });
});
