import type { Consent } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { resourcesIn, visit } from './records.ts';

const given = (by: string, more: object = {}) => ({ key: by, given: 'yes', by, ...more });
const refused = (more: object = {}) => ({ key: 'r', what: 'consent-refused', ...more });
const takenBack = (more: object = {}) => ({ key: 'w', what: 'consent-withdrawn', ...more });
const left = { muscle: 'piriformis', side: 'left' };
const right = { muscle: 'piriformis', side: 'right' };

/** Status of each Consent by the key in its identifier. */
function statuses(record: ImsRecord, others: readonly ImsRecord[] = []): Record<string, string> {
  const all = resourcesIn<Consent>(record, 'Consent', others);
  return Object.fromEntries(
    all.map(({ identifier, status }) => [identifier?.[0]?.value?.slice(19) ?? '', status ?? '']),
  );
}

describe('a consent', () => {
  it.each([
    ['yes', 'active'],
    ['no', 'rejected'],
    ['declined', 'rejected'],
    ['not-asked', 'proposed'],
  ])('given "%s" is %s', (answer, status) => {
    const record = visit({ consents: [{ key: 'c', given: answer, by: 'patient' }] });
    expect(statuses(record)).toEqual({ 'consent-c': status });
  });

  it('names the signed form that stands in the same record', () => {
    const documents = [
      { key: 'form', title: 'Signed form', contentType: 'text/plain', data: 'T0s=' },
    ];
    const consents = [given('patient', { documentKey: 'form' })];
    const [consent] = resourcesIn<Consent>(visit({ consents, documents }), 'Consent');
    expect(consent?.sourceReference?.display).toBe('Signed form');
  });
});

describe('a refusal', () => {
  it("stands beside a substitute's consent, which stays", () => {
    const consents = [given('substitute-decision-maker')];
    const record = visit({ consents, refusals: [refused({ byWhom: ['patient'] })] });
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
  ])('by %j has the SNOMED CT code that was verified for that person, or none', (byWhom, code) => {
    const record = visit({ refusals: [refused(byWhom === undefined ? {} : { byWhom })] });
    const [consent] = resourcesIn<Consent>(record, 'Consent');
    const named = consent?.extension?.find(({ url }) => url.endsWith('/consent-refusal-code'));
    const codes = named?.valueCodeableConcept?.coding?.map((coding) => coding.code);
    expect(codes).toEqual(['consent-refused', ...(code === undefined ? [] : [code])]);
  });
});

describe('a withdrawal', () => {
  it('of everything ends the consent of the same person', () => {
    const consents = [given('patient'), given('parent')];
    const record = visit({ consents, refusals: [takenBack({ byWhom: ['patient'] })] });
    expect(statuses(record)).toEqual({ 'consent-patient': 'inactive', 'consent-parent': 'active' });
  });

  it('of named sites takes them out and leaves the rest', () => {
    const consents = [given('patient', { scope: 'sites-named', sites: [left, right] })];
    const refusals = [takenBack({ scope: 'sites-named', sites: [left] })];
    const [consent] = resourcesIn<Consent>(visit({ consents, refusals }), 'Consent');
    expect(consent?.status).toBe('active');
    const sites = consent?.extension?.filter(({ url }) => url.endsWith('/consent-sites'));
    expect(sites?.map(({ extension }) => extension?.[1]?.valueCoding?.code)).toEqual(['right']);
    expect(consent?.text?.div).toContain('Left piriformis');
  });

  it('of every named site ends it', () => {
    const consents = [given('patient', { scope: 'sites-named', sites: [left, right] })];
    const refusals = [takenBack({ sites: [{ muscle: 'piriformis' }] })];
    expect(statuses(visit({ consents, refusals }))).toEqual({ 'consent-patient': 'inactive' });
  });

  it('does not reach a consent given after it', () => {
    const at = '2026-03-02T09:00:00-08:00';
    const consents = [given('patient', { givenAt: '2026-03-02T09:30:00-08:00' })];
    expect(statuses(visit({ consents, refusals: [takenBack({ at })] }))).toEqual({
      'consent-patient': 'active',
      'refusal-w': 'inactive',
    });
  });

  it('of a consent that is not at hand stands on its own', () => {
    expect(statuses(visit({ refusals: [takenBack()] }))).toEqual({ 'refusal-w': 'inactive' });
  });

  it('at an earlier visit still holds for the consent to the course that a later one repeats', () => {
    const episode = { id: 'e', consents: [given('patient', { givenDate: '2026-03-01' })] };
    const refusals = [takenBack({ at: '2026-03-02T09:10:00-08:00' })];
    const first = visit({ episode, refusals });
    const second = visit({
      episode,
      recordId: 'visit-2',
      visit: { date: '2026-03-09', practitioners: ['dr'] },
    });
    expect(statuses(second, [first])).toEqual({ 'consent-patient': 'inactive' });
    expect(statuses(second)).toEqual({ 'consent-patient': 'active' });
  });
});
