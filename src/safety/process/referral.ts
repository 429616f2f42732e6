import type { ProcessRule } from './process-rule.ts';

/** Rule 8: a claim on a payer that is set to ask for a referral. No payer is by default. */
export const referralIsThere: ProcessRule = {
  code: 'rule-8',
  trigger: 'a claim on a payer that is set to ask for a referral has none; off unless set',
  source:
    'a setting: the BC clinic IMS page names two insurers, pages on their terms contradict it',
  check: ({ episode }, { policy }) => {
    const { claims = [], referral } = episode?.claims ?? {};
    if (referral === 'yes') return [];
    return claims.flatMap(({ payer }, index) => {
      if (payer === undefined || !policy.referralPayers.includes(payer)) return [];
      const message = 'is set to ask for a referral, and the chart holds none';
      const isMissing = referral === undefined || referral === 'not-asked';
      return [{ path: ['episode', 'claims', 'claims', index, 'payer'], message, isMissing }];
    });
  },
};
