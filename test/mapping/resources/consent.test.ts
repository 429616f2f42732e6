import type { Consent } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../../src/ims/schema/record.ts';
import { parseIdentifier } from '../../../src/mapping/identity.ts';
import { anImsRecord } from '../../records.ts';
import { resourcesIn } from '../mapped.ts';

const given = (by: string, members: object = {}) => ({ key: by, given: 'yes', by, ...members });
const refused = (members: object = {}) => ({ key: 'r', what: 'consent-refused', ...members });
const withdrawn = (members: object = {}) => ({ key: 'w', what: 'consent-withdrawn', ...members });
const left = { muscle: 'piriformis', side: 'left' };
const right = { muscle: 'piriformis', side: 'right' };

/** The status of each Consent, by part and key of its identifier. */
function statuses(record: ImsRecord, others: readonly ImsRecord[] = []): Record<string, string> {
  const all = resourcesIn<Consent>(record, 'Consent', others);
  return Object.fromEntries(
    all.map(({ identifier, status = '' }) => {
      const parsed = parseIdentifier(identifier?.[0]?.value);
      return [`${parsed?.part}-${parsed?.key}`, status];
    }),
  );
}

describe('a consent', () => {
  it.each([
    ['yes', 'active'],
    ['no', 'rejected'],
    ['declined', 'rejected'],
    ['not-asked', 'proposed'],
  ])('given "%s" is %s', (answer, status) => {
    const record = anImsRecord({ consents: [{ key: 'c', given: answer, by: 'patient' }] });
    expect(statuses(record)).toEqual({ 'consent-c': status });
  });

  it('references the signed form in the same record', () => {
    const documents = [
      { key: 'form', title: 'Signed form', contentType: 'text/plain', data: 'T0s=' },
    ];
    const consents = [given('patient', { documentKey: 'form' })];
    const [consent] = resourcesIn<Consent>(anImsRecord({ consents, documents }), 'Consent');
    expect(consent?.sourceReference?.display).toBe('Signed form');
  });
});

describe('a refusal', () => {
  it("does not change a substitute's consent", () => {
    const consents = [given('substitute-decision-maker')];
    const record = anImsRecord({ consents, refusals: [refused({ byWhom: ['patient'] })] });
    expect(statuses(record)).toEqual({
      'consent-substitute-decision-maker': 'active',
      'refusal-r': 'rejected',
    });
  });

  it.each([
    [['patient'], '105480006'],
    [['parent'], '371138003'],
    [undefined, undefined],
    [['substitute-decision-maker'], undefined],
    [['parent', 'patient'], undefined],
  ])('by %j has the SNOMED CT code for a refusal by that person alone: %s', (byWhom, code) => {
    const record = anImsRecord({ refusals: [refused(byWhom === undefined ? {} : { byWhom })] });
    const [consent] = resourcesIn<Consent>(record, 'Consent');
    const extension = consent?.extension?.find(({ url }) => url.endsWith('/consent-refusal-code'));
    const codes = extension?.valueCodeableConcept?.coding?.map((coding) => coding.code);
    expect(codes).toEqual(['consent-refused', ...(code === undefined ? [] : [code])]);
  });
});

describe('a withdrawal', () => {
  it('of everything ends the consent of the same person', () => {
    const consents = [given('patient'), given('parent')];
    const record = anImsRecord({ consents, refusals: [withdrawn({ byWhom: ['patient'] })] });
    expect(statuses(record)).toEqual({ 'consent-patient': 'inactive', 'consent-parent': 'active' });
  });

  it('of named sites removes those and keeps the others', () => {
    const consents = [given('patient', { scope: 'sites-named', sites: [left, right] })];
    const refusals = [withdrawn({ scope: 'sites-named', sites: [left] })];
    const [consent] = resourcesIn<Consent>(anImsRecord({ consents, refusals }), 'Consent');
    expect(consent?.status).toBe('active');
    const sites = consent?.extension?.filter(({ url }) => url.endsWith('/consent-sites'));
    expect(sites?.map(({ extension }) => extension?.[1]?.valueCoding?.code)).toEqual(['right']);
    expect(consent?.text?.div).toContain('Left piriformis');
  });

  it('of every named site ends it', () => {
    const consents = [given('patient', { scope: 'sites-named', sites: [left, right] })];
    const refusals = [withdrawn({ sites: [{ muscle: 'piriformis' }] })];
    expect(statuses(anImsRecord({ consents, refusals }))).toEqual({
      'consent-patient': 'inactive',
    });
  });

  it('does not end a consent given after it', () => {
    const at = '2026-03-02T09:00:00-08:00';
    const consents = [given('patient', { givenAt: '2026-03-02T09:30:00-08:00' })];
    expect(statuses(anImsRecord({ consents, refusals: [withdrawn({ at })] }))).toEqual({
      'consent-patient': 'active',
      'refusal-w': 'inactive',
    });
  });

  it('of a consent that is not in the record is a Consent of its own', () => {
    expect(statuses(anImsRecord({ refusals: [withdrawn()] }))).toEqual({ 'refusal-w': 'inactive' });
  });

  it('at an earlier visit ends the consent to the course that a later record repeats', () => {
    const episode = { id: 'e', consents: [given('patient', { givenDate: '2026-03-01' })] };
    const refusals = [withdrawn({ at: '2026-03-02T09:10:00-08:00' })];
    const first = anImsRecord({ episode, refusals });
    const second = anImsRecord({
      episode,
      recordId: 'visit-2',
      visit: { date: '2026-03-09', practitioners: ['dr'] },
    });
    expect(statuses(second, [first])).toEqual({ 'consent-patient': 'inactive' });
    expect(statuses(second)).toEqual({ 'consent-patient': 'active' });
  });
});
