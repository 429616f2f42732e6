import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Session } from '../../ims/schema/session.ts';
import { bounds, differ, performedSession } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

const source = 'our reading of safety practice: no source seen';

/** Rule 3: a needle that went in and is not known to have come out. */
export const needlesAccounted: ProcessRule = {
  code: 'rule-3',
  trigger:
    'needles opened and recovered, or insertions and withdrawals, differ in the last count and no event says where the needle is',
  source,
  finding: 'The last count of needles or insertions does not come out even.',
  check: (record) => {
    const last = lastCount(record);
    if (last === undefined || isNeedleFound(record)) return [];
    const { count, path } = last;
    const needles = differ(count.opened, count.recovered);
    const insertions = differ(count.insertions, count.withdrawals);
    return [
      ...(needles ? [{ path: [...path, 'recovered'], message: unaccounted('opened') }] : []),
      ...(insertions ? [{ path: [...path, 'withdrawals'], message: unaccounted('inserted') }] : []),
    ];
  },
};

const unaccounted = (how: string) =>
  `differs from the needles ${how}, and no event says where the needle is`;

/** Rule 3, the sum: insertions counted against those charted at the sites. */
export const insertionsAddUp: ProcessRule = {
  code: 'rule-3-sum',
  trigger: 'the insertions of the last count differ from the sum of those at the sites',
  source,
  check: (record) => {
    const last = lastCount(record);
    const sum = insertionsOfSites(record);
    if (last === undefined || sum === undefined || !differ(last.count.insertions, sum)) return [];
    const path = [...last.path, 'insertions'];
    return [{ path, message: 'differs from the sum of the insertions at the sites' }];
  },
};

/** Rule 17, needles: an insertion takes a needle. */
export const needlesOpened: ProcessRule = {
  code: 'rule-17',
  trigger: 'needles were inserted and none was opened',
  source: 'our reading: what cannot both be so',
  check: (record): Violation[] => {
    const last = lastCount(record);
    if (last?.count.opened === undefined || bounds(last.count.opened)[1] >= 1) return [];
    const { insertions } = last.count;
    const counts = (record.session?.sites ?? []).map((site) => site.insertions?.insertions);
    const isInserted = [insertions, ...counts].some(
      (count) => count !== undefined && bounds(count)[0] >= 1,
    );
    const message = 'is none, though needles were inserted';
    return isInserted ? [{ path: [...last.path, 'opened'], message }] : [];
  },
};

type Count = NonNullable<Session['counts']>[number];

/** The last count of a performed session: by its time where each has one, else as listed. */
function lastCount(record: ImsRecord): { count: Count; path: (string | number)[] } | undefined {
  const counts = (performedSession(record)?.counts ?? []).map((count, index) => ({
    count,
    path: ['session', 'counts', index],
  }));
  const time = ({ count }: { count: Count }) => Date.parse(count.at ?? '');
  const isTimed = counts.every((one) => !Number.isNaN(time(one)));
  return (isTimed ? counts.toSorted((a, b) => time(a) - time(b)) : counts).at(-1);
}

/** True where an event of this session says where a needle is that did not come out whole. */
function isNeedleFound({ events = [], recordId }: ImsRecord): boolean {
  return events.some(
    ({ code, verification, aboutSession = recordId }) =>
      (code === 'needle-broken' || code === 'needle-retained') &&
      verification !== 'ruled-out' &&
      aboutSession === recordId,
  );
}

/** The sum over the sites; undefined unless each of them says. */
function insertionsOfSites({ session }: ImsRecord) {
  const each = (session?.sites ?? []).map(({ insertions }) => insertions?.insertions);
  const known = each.flatMap((count) => (count === undefined ? [] : [bounds(count)]));
  if (each.length === 0 || known.length < each.length) return undefined;
  const sum = (end: 0 | 1) => known.reduce((total, range) => total + range[end], 0);
  return { low: sum(0), high: sum(1) };
}
