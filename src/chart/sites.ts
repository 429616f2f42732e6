// The sites of a session as they are numbered on the body chart and told beside it: first what was
// needled, then what was planned or asked for and was not.
import type { Members } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { session as definition } from '../ims/schema/session.ts';
import { memoizeLast } from '../memoize.ts';
import { type Names, namesOf } from './names.ts';
import type { Values } from './phrases.ts';
import { renderSite, SITE_MEMBERS } from './places.ts';
import { renderObject } from './words.ts';

// Worked out once: the order of reading is known by the members.
const AT_SITE = withoutPlace(definition.members.sites.of.members);
const AT_SKIPPED_SITE = withoutPlace(definition.members.sitesNotNeedled.of.members);

function withoutPlace(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !SITE_MEMBERS.has(name)));
}

/** A site and everything charted of it, its place in the first line. */
export interface SaidSite {
  readonly number: number;
  readonly isNeedled: boolean;
  readonly site: Values;
  readonly lines: readonly string[];
}

/** The sites of a record, numbered from 1; said once, however many narratives show them. */
export const sitesOf: (record: ImsRecord) => readonly SaidSite[] = memoizeLast(saySites);

function saySites(record: ImsRecord): SaidSite[] {
  const { sites = [], sitesNotNeedled = [] } = record.session ?? {};
  const names = namesOf(record);
  const said = (site: Values, isNeedled: boolean, number: number) => {
    const members = isNeedled ? AT_SITE : AT_SKIPPED_SITE;
    return { number, isNeedled, site, lines: sayAll(site, members, names) };
  };
  return [
    ...sites.map((site, index) => said(site, true, index + 1)),
    ...sitesNotNeedled.map((site, index) => said(site, false, sites.length + index + 1)),
  ];
}

const NEEDLED: Members = { sites: definition.members.sites };
const SKIPPED: Members = { sitesNotNeedled: definition.members.sitesNotNeedled };

/** The sites that were needled, or those that were not, in lines; and why none is told, if so. */
export function siteLines(record: ImsRecord, isNeedled: boolean): string[] {
  const said = sitesOf(record).filter((one) => one.isNeedled === isNeedled);
  const { asWritten, absent } = record.session ?? {};
  const inWords = renderObject({ asWritten, absent }, isNeedled ? NEEDLED : SKIPPED);
  return [...said.flatMap(sayNumbered), ...inWords];
}

/** A site with its number before it and its details under it. */
function sayNumbered({ number, lines }: SaidSite): string[] {
  const [place = '', ...details] = lines;
  return [`${number}. ${place}`, ...details];
}

function sayAll(site: Values, members: Members, names: Names): string[] {
  const own = { ...site, text: undefined, asWritten: placeless(site) };
  return [renderSite(site), ...renderObject(own, members, names).map((line) => `  ${line}`)];
}

/** Words as written of the place itself are said with it. */
function placeless({ asWritten }: Values): Readonly<Record<string, unknown>> | undefined {
  if (asWritten === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(asWritten as object).filter(([name]) => !SITE_MEMBERS.has(name)),
  );
}
