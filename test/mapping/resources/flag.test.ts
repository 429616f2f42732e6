import type { Flag } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { anImsRecord, aSession, aSite } from '../../records.ts';
import { resourcesIn } from '../mapped.ts';

const site = aSite({ key: 's', muscle: 'piriformis' });

describe('a Flag', () => {
  const flagsOf = (screening: object, others: object = {}) =>
    resourcesIn<Flag>(anImsRecord({ screening, ...others }), 'Flag');
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

  it('of several operated sites is one, begins with their names and lasts until the latest date', () => {
    const flags = flagsOf(operated(['s', '2026-01-10'], ['t', '2026-02-20']), {
      session: aSession({ screening: { basis: 'this-record' }, sites }),
    });
    expect(flags).toHaveLength(1);
    expect(flags[0]?.code.text).toMatch(/^No needling of .*piriformis before 2026-04-10: /);
    expect(flags[0]?.code.text).toContain('No needling of right gluteus medius before 2026-05-20');
    expect(flags[0]?.period).toEqual({ start: '2026-03-02', end: '2026-05-19' });
  });

  it('is not written for a vital structure at a site, which concerns that site only', () => {
    const reached = { ...site, highRiskAnatomy: { answer: 'yes' } };
    expect(
      flagsOf({ cancer: { answer: 'not-asked' } }, { session: aSession({ sites: [reached] }) }),
    ).toEqual([]);
  });

  it('ends with the answer no, not with an answer that leaves the question open', () => {
    expect(flagsOf({ cancer: { answer: 'no' } }).map(({ status }) => status)).toEqual(['inactive']);
    expect(flagsOf({ cancer: { answer: 'yes', status: 'unknown' } })).toEqual([]);
    expect(flagsOf({ cancer: { answer: 'unknown' } })).toEqual([]);
    expect(
      flagsOf({ surgeries: { surgery: 'no' } }).map(({ code }) => code.coding?.[0]?.code),
    ).toEqual(['screen-c07', 'screen-c08']);
  });
});
