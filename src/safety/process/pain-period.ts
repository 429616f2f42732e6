import type { ProcessRule } from './process-rule.ts';

/** Rule 13: worst, best and average pain are of some days; without their number they compare with nothing. */
export const painHasPeriod: ProcessRule = {
  code: 'rule-13',
  trigger: 'a worst, best or average pain has no number of days',
  source: 'our reading: a worst, best or average pain needs its period',
  check: ({ assessment }) =>
    (assessment?.pain ?? []).flatMap(({ context, periodDays, asWritten, absent }, index) => {
      const needsPeriod =
        context === 'pain-worst' || context === 'pain-best' || context === 'pain-average';
      const isSaid = periodDays !== undefined || asWritten?.periodDays !== undefined;
      if (!needsPeriod || isSaid || absent?.periodDays !== undefined) return [];
      const path = ['assessment', 'pain', index, 'periodDays'];
      return [{ path, message: 'is missing: over how many days?', isMissing: true }];
    }),
};
