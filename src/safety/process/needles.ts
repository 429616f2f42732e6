// Rules on needles: the last count balances (3), and the charted numbers and depths are possible (17).
import type { NumberValue } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Session } from '../../ims/schema/session.ts';
import { performedSession } from '../session-state.ts';
import { bounds, differ } from './number-range.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

const COUNT_SOURCE = 'our reading of safety practice: no source seen';
const IMPOSSIBLE_SOURCE = 'our reading: values that cannot both be true';

/** Rule 3: every needle that was inserted is known to have been removed. */
export const needlesBalance: ProcessRule = {
  code: 'rule-3',
  trigger:
    'in the last count, needles opened and recovered, or insertions and withdrawals, differ and no event reports where the needle is',
  source: COUNT_SOURCE,
  findingText: 'The last count of needles or insertions does not balance.',
  check: (record) => {
    const last = lastCount(record);
    if (last === undefined || isNeedleLocated(record)) return [];
    const { count, path } = last;
    const violations: Violation[] = [];
    const end = ', and no event reports where the needle is';
    if (differ(count.opened, count.recovered)) {
      const message = `differs from the number of needles opened${end}`;
      violations.push({ path: [...path, 'recovered'], message });
    }
    if (differ(count.insertions, count.withdrawals)) {
      const message = `differs from the number of insertions${end}`;
      violations.push({ path: [...path, 'withdrawals'], message });
    }
    return violations;
  },
};

/** Rule 3, sum: the insertions counted equal those charted at the sites. */
export const insertionsAddUp: ProcessRule = {
  code: 'rule-3-sum',
  trigger: 'the insertions of the last count differ from the sum of those at the sites',
  source: COUNT_SOURCE,
  check: (record) => {
    const last = lastCount(record);
    const sum = insertionsAtSites(record);
    if (last === undefined || sum === undefined || !differ(last.count.insertions, sum)) return [];
    const path = [...last.path, 'insertions'];
    return [{ path, message: 'differs from the sum of the insertions at the sites' }];
  },
};

/** Rule 17, depth: no needle reaches deeper than it is long. */
export const depthIsReachable: ProcessRule = {
  code: 'rule-17',
  trigger: 'a depth is greater than the longest needle of its site',
  source: IMPOSSIBLE_SOURCE,
  check: ({ session }) =>
    (session?.sites ?? []).flatMap(({ depth, needles = [] }, index): Violation[] => {
      const lengths = needles.flatMap(({ lengthMm }) => lengthMm ?? []);
      // A needle of unknown length may be the longest.
      if (depth?.depthMm === undefined || lengths.length < Math.max(1, needles.length)) return [];
      const longest = Math.max(...lengths.map((length) => bounds(length)[1]));
      if (bounds(depth.depthMm)[0] <= longest) return [];
      const path = ['session', 'sites', index, 'depth', 'depthMm'];
      return [{ path, message: 'is greater than the longest needle of the site' }];
    }),
};

/** Rule 17, needles: an insertion needs an opened needle. */
export const needlesAreOpened: ProcessRule = {
  code: 'rule-17',
  trigger: 'needles were inserted and none was opened',
  source: IMPOSSIBLE_SOURCE,
  check: (record): Violation[] => {
    const last = lastCount(record);
    if (last?.count.opened === undefined || bounds(last.count.opened)[1] >= 1) return [];
    const { insertions } = last.count;
    const atSites = (record.session?.sites ?? []).map((site) => site.insertions?.insertions);
    const isInserted = [insertions, ...atSites].some(
      (count) => count !== undefined && bounds(count)[0] >= 1,
    );
    const message = 'must be at least 1, because needles were inserted';
    return isInserted ? [{ path: [...last.path, 'opened'], message }] : [];
  },
};

type Count = NonNullable<Session['counts']>[number];

/** The last count of a performed session: by time if every count has a time, otherwise as listed. */
function lastCount(record: ImsRecord): { count: Count; path: (string | number)[] } | undefined {
  const counts = (performedSession(record)?.counts ?? []).map((count, index) => ({
    count,
    path: ['session', 'counts', index],
  }));
  const time = ({ count }: { count: Count }) => Date.parse(count.at ?? '');
  const hasTimes = counts.every((entry) => !Number.isNaN(time(entry)));
  return (hasTimes ? counts.toSorted((a, b) => time(a) - time(b)) : counts).at(-1);
}

/** True where an event of this session reports a needle that broke or was left in the body. */
function isNeedleLocated({ events = [], recordId }: ImsRecord): boolean {
  return events.some(
    ({ code, verification, aboutSession = recordId }) =>
      (code === 'needle-broken' || code === 'needle-retained') &&
      verification !== 'ruled-out' &&
      aboutSession === recordId,
  );
}

/** The sum of the insertions at the sites; undefined unless every site states its own. */
function insertionsAtSites({ session }: ImsRecord): NumberValue | undefined {
  const perSite = (session?.sites ?? []).map(({ insertions }) => insertions?.insertions);
  const stated = perSite.flatMap((count) => (count === undefined ? [] : [bounds(count)]));
  if (perSite.length === 0 || stated.length < perSite.length) return undefined;
  const sum = (end: 0 | 1) => stated.reduce((total, range) => total + range[end], 0);
  return { low: sum(0), high: sum(1) };
}
