// What the rules ask about a session: is it planned, was it performed, which sites does electrical
// current reach, was its screening done in another record.
import type { ImsRecord } from '../ims/schema/record.ts';
import type { Session } from '../ims/schema/session.ts';

export type NeedledSite = NonNullable<Session['sites']>[number];

/** The session while it is only planned. */
export function plannedSession({ session }: ImsRecord): Session | undefined {
  return session?.status === 'preparation' ? session : undefined;
}

/** The session if any part of it was performed. */
export function performedSession({ session }: ImsRecord): Session | undefined {
  const status = session?.status;
  const isPerformed = status === 'in-progress' || status === 'completed' || status === 'stopped';
  return isPerformed ? session : undefined;
}

/** The session if it is planned or was performed. */
export function plannedOrPerformedSession(record: ImsRecord): Session | undefined {
  return plannedSession(record) ?? performedSession(record);
}

/** Keys of the sites that electrical current reaches; undefined where no current is used. */
export function sitesWithCurrent({
  sites = [],
  channels,
}: Session): ReadonlySet<string> | undefined {
  const byNeedle = sites.filter(({ manipulation = [] }) => manipulation.includes('e-stim'));
  if (byNeedle.length === 0 && channels === undefined) return undefined;
  const byChannel = (channels ?? []).flatMap(({ siteKeys, returnSiteKey }) =>
    returnSiteKey === undefined ? siteKeys : [...siteKeys, returnSiteKey],
  );
  return new Set([...byNeedle.map(({ key }) => key), ...byChannel]);
}

/** True where an item may have been answered in another record, which cannot be seen here. */
export function isScreenedElsewhere({ session, screening }: ImsRecord, item: string): boolean {
  if (session?.screening?.basis === 'other-record') return true;
  const { reaffirmed } = screening ?? {};
  if (reaffirmed === undefined) return false;
  return reaffirmed.items?.includes(`screen-${item.toLowerCase()}` as 'screen-c01') ?? true;
}
