import type { DetectedIssue, Procedure, Provenance } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { anImsRecord, aSession, aSite } from '../../records.ts';
import { resourcesIn } from '../mapped.ts';

const site = aSite({ key: 's', muscle: 'piriformis' });

describe('a violation of a clinical rule', () => {
  const injected = { session: aSession({ substanceInjected: 'yes', sites: [site] }) };
  const issuesOf = (members: object = {}) =>
    resourcesIn<DetectedIssue>(anImsRecord({ ...injected, ...members }), 'DetectedIssue');

  it('references the session and the responses, and is in the narrative of the session', () => {
    const [issue, ...others] = issuesOf();
    expect(others).toEqual([]);
    expect(issue?.status).toBe('final');
    expect(issue?.code?.coding?.[0]?.code).toBe('rule-14');
    expect(issue?.implicated?.map(({ type }) => type)).toEqual([
      'Procedure',
      'QuestionnaireResponse',
    ]);
    const [procedure] = resourcesIn<Procedure>(anImsRecord(injected), 'Procedure');
    expect(procedure?.text?.div).toContain(issue?.detail);
  });

  it.each([
    ['draft', 1, 'preliminary'],
    ['amended', 2, 'amended'],
  ])('of a record with status %s has the matching status', (status, revision, expected) => {
    expect(issuesOf({ status, revision }).map((issue) => issue.status)).toEqual([expected]);
  });

  it('is not written for a record entered in error', () => {
    expect(issuesOf({ status: 'entered-in-error', revision: 2 })).toEqual([]);
  });

  it('names the sites in its detail', () => {
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
      session: aSession({ screening: { basis: 'this-record' }, sites: [site] }),
    };
    const issue = issuesOf(surgery).find(({ code }) => code?.coding?.[0]?.code === 'rule-5');
    expect(issue?.detail).toContain('left piriformis');
  });

  it('is a target of the Provenance, by its identifier', () => {
    const [provenance] = resourcesIn<Provenance>(anImsRecord(injected), 'Provenance');
    const targets = provenance?.target.map(
      ({ type, identifier }) => `${type} ${identifier?.value}`,
    );
    expect(targets?.some((target) => /^DetectedIssue v-.{16}-issue-rule-14$/.test(target))).toBe(
      true,
    );
  });
});
