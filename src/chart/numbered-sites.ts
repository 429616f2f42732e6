// The sites of a session, numbered as on the body chart: needled sites first, then sites that were
// planned or requested but not needled.
import type { Members, ObjectValues } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { session as definition } from '../ims/schema/session.ts';
import { memoizeLast } from '../memoize.ts';
import { renderSite, SITE_MEMBERS } from './body-site.ts';
import { type Names, namesOf } from './names.ts';
import { renderObject } from './render-object.ts';

// Constants, because renderObject memoizes the reading order of each set of members.
const NEEDLED_SITE_DETAILS = withoutSite(definition.members.sites.of.members);
const SKIPPED_SITE_DETAILS = withoutSite(definition.members.sitesNotNeedled.of.members);

function withoutSite(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !SITE_MEMBERS.has(name)));
}

/** A site with its number; its first line names the site, the others give the details. */
export interface NumberedSite {
  readonly number: number;
  readonly isNeedled: boolean;
  readonly site: ObjectValues;
  readonly lines: readonly string[];
}

/** The sites of a record, numbered from 1; memoized, because several narratives show them. */
export const numberedSites: (record: ImsRecord) => readonly NumberedSite[] =
  memoizeLast(numberSites);

function numberSites(record: ImsRecord): NumberedSite[] {
  const { sites = [], sitesNotNeedled = [] } = record.session ?? {};
  const names = namesOf(record);
  const numbered = (site: ObjectValues, isNeedled: boolean, number: number) => {
    const members = isNeedled ? NEEDLED_SITE_DETAILS : SKIPPED_SITE_DETAILS;
    return { number, isNeedled, site, lines: renderSiteDetails(site, members, names) };
  };
  return [
    ...sites.map((site, index) => numbered(site, true, index + 1)),
    ...sitesNotNeedled.map((site, index) => numbered(site, false, sites.length + index + 1)),
  ];
}

const NEEDLED: Members = { sites: definition.members.sites };
const SKIPPED: Members = { sitesNotNeedled: definition.members.sitesNotNeedled };

/** The lines of all needled or all skipped sites, with the reason or wording of a missing list. */
export function renderSites(record: ImsRecord, isNeedled: boolean): string[] {
  const sites = numberedSites(record).filter((site) => site.isNeedled === isNeedled);
  const { asWritten, absent } = record.session ?? {};
  const listNotes = renderObject({ asWritten, absent }, isNeedled ? NEEDLED : SKIPPED);
  return [...sites.flatMap(renderNumbered), ...listNotes];
}

function renderNumbered({ number, lines }: NumberedSite): string[] {
  const [siteLine = '', ...details] = lines;
  return [`${number}. ${siteLine}`, ...details];
}

function renderSiteDetails(site: ObjectValues, members: Members, names: Names): string[] {
  // The text and the site's own wording are part of the first line.
  const details = { ...site, text: undefined, asWritten: asWrittenOfDetails(site) };
  return [renderSite(site), ...renderObject(details, members, names).map((line) => `  ${line}`)];
}

function asWrittenOfDetails({
  asWritten,
}: ObjectValues): Readonly<Record<string, unknown>> | undefined {
  if (asWritten === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(asWritten as object).filter(([name]) => !SITE_MEMBERS.has(name)),
  );
}
