// Places of the body in words.
import type { General, Members } from '../ims/schema/members.ts';
import { lowerFirst, renderCode, renderSegment } from './values.ts';

type Values = Readonly<Record<string, unknown>>;

/** Members that say where something is. */
export const SITE_MEMBERS: ReadonlySet<string> = new Set(['muscle', 'region', 'side', 'segments']);

/** True for an object that is, or stands at, a place of the body. */
export function isSite(members: Members): boolean {
  return 'muscle' in members && 'side' in members;
}

/** True for a place and nothing else. */
export function isOnlySite(members: Members): boolean {
  return isSite(members) && Object.keys(members).every((name) => SITE_MEMBERS.has(name));
}

/** Where something is, in one line: "Left upper trapezius, segments C5, C6". */
export function renderSite(place: object): string {
  const site = place as Values;
  const { segments, text } = site;
  const levels = Array.isArray(segments) ? `, ${sayLevels(segments)}` : '';
  const named = nameOfPlace(site);
  const beside = besideOf(site, named);
  const noted = beside.length === 0 ? '' : ` (${beside.join('; ')})`;
  const words = typeof text === 'string' && text !== named ? `; ${text}` : '';
  return `${sided(site, named)}${levels}${noted}${words}`;
}

/** The place alone, without levels and remarks: "Left upper trapezius". */
export function renderSiteName(place: object): string {
  const site = place as Values;
  return sided(site, nameOfPlace(site));
}

function sided({ side }: Values, named: string): string {
  return typeof side === 'string' ? `${renderCode(side)} ${lowerFirst(named)}` : named;
}

function sayLevels(segments: readonly string[]): string {
  const levels = segments.map(renderSegment).join(', ');
  return `${segments.length === 1 ? 'segment' : 'segments'} ${levels}`;
}

function nameOfPlace(site: Values): string {
  const place = site.muscle ?? site.region;
  if (typeof place === 'string' && place !== 'other') return renderCode(place);
  const written = (site as General).asWritten ?? {};
  return String(site.text ?? written.muscle ?? written.region ?? 'place not named');
}

/** The chart's words for the place, and why a part of it is missing. */
function besideOf(site: Values, named: string): string[] {
  const { asWritten = {}, absent = {} } = site as General;
  const own = (entries: object) =>
    Object.entries(entries).filter(([name]) => SITE_MEMBERS.has(name));
  const words = own(asWritten).flatMap(([, text]) => (text === named ? [] : [`"${text}"`]));
  const missing = own(absent).map(([name, reason]) => `${name} ${lowerFirst(renderCode(reason))}`);
  return [...(words.length === 0 ? [] : [`as written ${words.join(', ')}`]), ...missing];
}
