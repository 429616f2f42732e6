import type { ImsRecord } from '../../ims/schema/record.ts';
import { type Decided, decisionsOf, isSamePlace } from '../screening/decisions.ts';
import type { ProcessRule } from './process-rule.ts';

const LAXNESS = {
  'not-suitable': 0,
  exclude: 0,
  defer: 1,
  modify: 2,
  suitable: 3,
  proceed: 3,
} as const;

type Suitability = NonNullable<NonNullable<ImsRecord['assessment']>['suitability']>[number];

/** Rule 11: suitability laxer than the strictest decision on the same sites needs its reason. */
export const suitabilityFollows: ProcessRule = {
  code: 'rule-11',
  trigger:
    'suitability is laxer than a decision of the screening on the same sites, without its reason',
  source: 'our reading of the BC clinic IMS page: suitability follows from the screening',
  check: (record, { findings }) => {
    const decided = decisionsOf(record, findings).filter(({ isOfCurrent }) => !isOfCurrent);
    return (record.assessment?.suitability ?? []).flatMap((suitability, index) => {
      const { decision, rationale, asWritten } = suitability;
      if (decision === undefined || (rationale ?? asWritten?.rationale) !== undefined) return [];
      const same = decided.filter((one) => isOnSameSites(one, suitability, record));
      if (same.every((one) => LAXNESS[decision] <= LAXNESS[one.decision])) return [];
      const path = ['assessment', 'suitability', index, 'decision'];
      return [{ path, message: 'is laxer than a decision of the screening, without its reason' }];
    });
  },
};

/** A decision on the whole session is on each site; one on sites is not on "everywhere". */
function isOnSameSites(
  { siteKeys, places }: Decided,
  { sites = [] }: Suitability,
  { session }: ImsRecord,
): boolean {
  if (siteKeys === undefined && places === undefined) return true;
  const named = [...(session?.sites ?? []), ...(session?.sitesNotNeedled ?? [])];
  const where = [...(places ?? []), ...named.filter(({ key }) => siteKeys?.includes(key))];
  return sites.some((site) => where.some((place) => isSamePlace(place, site)));
}
