import type { ProcessRule } from './process-rule.ts';

/** Rule 9: the needle goes into muscle. */
export const targetIsMuscle: ProcessRule = {
  code: 'rule-9',
  trigger: 'what was needled is no listed muscle',
  source: 'SEMI Toronto IMS page (only into muscle)',
  check: ({ session }) =>
    (session?.sites ?? []).flatMap(({ muscle }, index) =>
      muscle === 'other'
        ? [{ path: ['session', 'sites', index, 'muscle'], message: 'is no listed muscle' }]
        : [],
    ),
};

/** Rule 17, the side: no listed muscle lies in the midline alone, so each site has one. */
export const siteHasSide: ProcessRule = {
  code: 'rule-17',
  trigger: 'a needled site has no side',
  source: 'our reading of the clinic pages, which treat one side or both',
  check: ({ session }) =>
    (session?.sites ?? []).flatMap(({ side, asWritten, absent }, index) => {
      const isSaid = side !== undefined || asWritten?.side !== undefined;
      if (isSaid || absent?.side !== undefined) return [];
      const path = ['session', 'sites', index, 'side'];
      return [{ path, message: 'is missing: which side was needled?', isMissing: true }];
    }),
};
