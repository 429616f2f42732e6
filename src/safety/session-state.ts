// What a session of a record amounts to for the rules: planned, performed, with current.

import type { NumberValue } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { Session } from '../ims/schema/session.ts';

export type NeedledSite = NonNullable<Session['sites']>[number];

/** The session while it is only planned; it alone may be held back. */
export function plannedSession({ session }: ImsRecord): Session | undefined {
  return session?.status === 'preparation' ? session : undefined;
}

/** The session if anything of it was carried out. */
export function performedSession({ session }: ImsRecord): Session | undefined {
  const status = session?.status;
  const isPerformed = status === 'in-progress' || status === 'completed' || status === 'stopped';
  return isPerformed ? session : undefined;
}

/** The session, planned or performed. */
export function liveSession(record: ImsRecord): Session | undefined {
  return plannedSession(record) ?? performedSession(record);
}

/** Keys of the sites that the current reaches; undefined where none is used. */
export function sitesOfCurrent({ sites = [], channels }: Session): ReadonlySet<string> | undefined {
  const byNeedle = sites.filter(({ manipulation = [] }) => manipulation.includes('e-stim'));
  if (byNeedle.length === 0 && channels === undefined) return undefined;
  const byChannel = (channels ?? []).flatMap(({ siteKeys, returnSiteKey }) =>
    returnSiteKey === undefined ? siteKeys : [...siteKeys, returnSiteKey],
  );
  return new Set([...byNeedle.map(({ key }) => key), ...byChannel]);
}

/** True where the screening rests on another record, whose answers are not to be seen here. */
export function isScreenedElsewhere({ session, screening }: ImsRecord, item: string): boolean {
  if (session?.screening?.basis === 'other-record') return true;
  const { reaffirmed } = screening ?? {};
  if (reaffirmed === undefined) return false;
  return reaffirmed.items?.includes(`screen-${item.toLowerCase()}` as 'screen-c01') ?? true;
}

/** The least and the greatest value a number or range may mean. */
export function bounds(value: NumberValue): readonly [low: number, high: number] {
  if (typeof value === 'number') return [value, value];
  return [value.low ?? Number.NEGATIVE_INFINITY, value.high ?? Number.POSITIVE_INFINITY];
}

/** True where both are known and cannot be the same. */
export function differ(one: NumberValue | undefined, other: NumberValue | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [[low, high], [least, most]] = [bounds(one), bounds(other)];
  return high < least || most < low;
}
