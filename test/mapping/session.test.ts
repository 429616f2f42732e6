import type { DetectedIssue, Encounter, Flag, Procedure, Provenance } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { structureUrl } from '../../src/fhir/canonical.ts';
import { resourcesIn, visit } from './records.ts';

const session = {
  status: 'completed',
  technique: 'ims-session',
  screening: { basis: 'screening-not-documented' },
};
const site = { key: 's', muscle: 'piriformis', side: 'left' };
const procedureOf = (more: object, record: object = {}): Procedure | undefined =>
  resourcesIn<Procedure>(visit({ session: { ...session, ...more }, ...record }), 'Procedure')[0];
const standing = (more: object) => ({
  assessment: { standings: [{ practitioner: 'dr', ...more }] },
});

describe('who needled', () => {
  it('stands with profession and training as the chart gives them', () => {
    const known = standing({
      profession: ['physiotherapist'],
      credentials: [
        { kind: 'dry-needling-course', date: '2020' },
        { kind: 'gunn-ims-certified', evidence: 'seen' },
      ],
    });
    const [performer] = procedureOf({}, known)?.performer ?? [];
    expect(performer?.function?.coding?.map(({ code }) => code)).toContain('36682004');
    const urls = performer?.extension?.map(({ url }) => url);
    expect(urls).toEqual(Array(2).fill(structureUrl('practitioner-credential')));
  });

  it.each([
    ['nothing', {}, undefined],
    ['several', { profession: ['physician', 'physiotherapist'] }, 'Physician, Physiotherapist'],
    ['another', { profession: ['other'], text: 'Osteopath' }, 'Osteopath'],
    ['words', { asWritten: { profession: 'RMT' } }, 'RMT'],
  ])('with %s known is not guessed', (_what, known, text) => {
    const [performer] = procedureOf({}, standing(known))?.performer ?? [];
    expect(performer?.actor?.display).toBe('Practitioner');
    expect(performer?.function?.text).toBe(text);
  });

  it('of a contact takes part in its Encounter', () => {
    const contact = visit({
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

describe('a session', () => {
  it('ends with what was advised and warned of, in the words of the chart where it has its own', () => {
    const advised = {
      aftercare: ['hot-bath', 'other'],
      warnings: ['warn-no-driving'],
      text: 'Sauna is fine',
    };
    expect(procedureOf(advised)?.followUp?.map(({ text }) => text)).toEqual([
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

  it('and its visit say what the patient came for', () => {
    const record = visit({
      session,
      episode: { id: 'e', complaints: [{ key: 'c', text: 'Back' }] },
    });
    const [encounter] = resourcesIn<Encounter>(record, 'Encounter');
    const [procedure] = resourcesIn<Procedure>(record, 'Procedure');
    for (const one of [encounter, procedure]) {
      expect(one?.reasonCode?.map(({ text }) => text)).toEqual(['Back']);
    }
  });
});

describe('a finding on how it was done', () => {
  const injected = { session: { ...session, substanceInjected: 'yes', sites: [site] } };
  const issuesOf = (more: object = {}) =>
    resourcesIn<DetectedIssue>(visit({ ...injected, ...more }), 'DetectedIssue');

  it('points to the session and the responses, and stands in its narrative too', () => {
    const [issue, ...more] = issuesOf();
    expect(more).toEqual([]);
    expect(issue?.status).toBe('final');
    expect(issue?.code?.coding?.[0]?.code).toBe('rule-14');
    expect(issue?.implicated?.map(({ type }) => type)).toEqual([
      'Procedure',
      'QuestionnaireResponse',
    ]);
    const [procedure] = resourcesIn<Procedure>(visit(injected), 'Procedure');
    expect(procedure?.text?.div).toContain(issue?.detail);
  });

  it.each([
    ['draft', 1, 'preliminary'],
    ['amended', 2, 'amended'],
  ])('of a record that is %s says so', (status, revision, expected) => {
    expect(issuesOf({ status, revision }).map((issue) => issue.status)).toEqual([expected]);
  });

  it('of a record that was entered in error there is none', () => {
    expect(issuesOf({ status: 'entered-in-error', revision: 2 })).toEqual([]);
  });

  it('names the sites it is about', () => {
    const surgery = {
      screening: {
        surgeries: {
          surgery: 'yes',
          surgeries: [
            {
              key: 'op',
              procedure: 'Repair',
              date: '2026-02-20',
              relations: [{ siteKey: 's', relation: 'direct' }],
            },
          ],
        },
      },
      session: { ...session, screening: { basis: 'this-record' }, sites: [site] },
    };
    const found = issuesOf(surgery).find(({ code }) => code?.coding?.[0]?.code === 'rule-5');
    expect(found?.detail).toContain('left piriformis');
  });

  it('is named by the Provenance, with its identifier', () => {
    const [provenance] = resourcesIn<Provenance>(visit(injected), 'Provenance');
    const targets = provenance?.target.map(
      ({ type, identifier }) => `${type} ${identifier?.value}`,
    );
    expect(targets?.some((one) => /^DetectedIssue v-.{16}-issue-rule-14$/.test(one))).toBe(true);
  });
});

describe('a Flag', () => {
  const flagsOf = (screening: object, more: object = {}) =>
    resourcesIn<Flag>(visit({ screening, ...more }), 'Flag');
  const operated = (...sites: [key: string, date: string][]) => ({
    surgeries: {
      surgery: 'yes',
      surgeries: sites.map(([siteKey, date], index) => ({
        key: `op${index}`,
        procedure: 'Repair',
        date,
        relations: [{ siteKey, relation: 'direct' }],
      })),
    },
  });
  const sites = [site, { key: 't', muscle: 'gluteus-medius', side: 'right' }];

  it('of operated sites is one, names them first and ends with the latest of them', () => {
    const found = flagsOf(operated(['s', '2026-01-10'], ['t', '2026-02-20']), {
      session: { ...session, screening: { basis: 'this-record' }, sites },
    });
    expect(found).toHaveLength(1);
    expect(found[0]?.code.text).toMatch(/^No needling of .*piriformis before 2026-04-10: /);
    expect(found[0]?.code.text).toContain('No needling of right gluteus medius before 2026-05-20');
    expect(found[0]?.period).toEqual({ start: '2026-03-02', end: '2026-05-19' });
  });

  it('is never of a vital structure at a site, which belongs to that site alone', () => {
    const reached = { ...site, highRiskAnatomy: { answer: 'yes' } };
    expect(
      flagsOf({ cancer: { answer: 'not-asked' } }, { session: { ...session, sites: [reached] } }),
    ).toEqual([]);
  });

  it('ends with a no, not with an answer that leaves the question open', () => {
    expect(flagsOf({ cancer: { answer: 'no' } }).map(({ status }) => status)).toEqual(['inactive']);
    expect(flagsOf({ cancer: { answer: 'yes', status: 'unknown' } })).toEqual([]);
    expect(flagsOf({ cancer: { answer: 'unknown' } })).toEqual([]);
    expect(
      flagsOf({ surgeries: { surgery: 'no' } }).map(({ code }) => code.coding?.[0]?.code),
    ).toEqual(['screen-c07', 'screen-c08']);
  });
});
