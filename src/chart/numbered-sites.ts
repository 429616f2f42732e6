// Numbers the sites of a session for the body chart and the text: needled sites first, then skipped
// sites, which were planned or requested but not needled.
import type { Members, ObjectValues } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { session as definition } from '../ims/schema/session.ts';
import { memoizeLast } from '../memoize.ts';
import { renderSite, SITE_MEMBERS } from './body-site.ts';
import { type Names, namesOf } from './names.ts';
import { renderObject } from './render-object.ts';

// Created once, because renderObject memoizes the reading order by these objects.
const NEEDLED_SITE_DETAILS = withoutSite(definition.members.sites.of.members);
const SKIPPED_SITE_DETAILS = withoutSite(definition.members.sitesNotNeedled.of.members);

function withoutSite(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !SITE_MEMBERS.has(name)));
}

/** A site with its number and its text: a line with its name, then lines with its details. */
export interface NumberedSite {
  readonly number: number;
  readonly isNeedled: boolean;
  readonly site: ObjectValues;
  readonly lines: readonly string[];
}

/** The sites of a record, numbered from 1. Memoized, because several narratives contain them. */
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

/** The lines of the needled or the skipped sites; for a missing list, its wording and the reason. */
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
  // renderSite already includes the text and the wording of the site itself.
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
