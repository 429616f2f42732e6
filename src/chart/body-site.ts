// Body sites in words.
import type { General, Members, ObjectValues } from '../ims/schema/members.ts';
import { lowerFirst, renderCode, renderSegment } from './values.ts';

/** Members that describe a body site. */
export const SITE_MEMBERS: ReadonlySet<string> = new Set(['muscle', 'region', 'side', 'segments']);

/** True for an object that is a body site or has the members of one. */
export function isSite(members: Members): boolean {
  return 'muscle' in members && 'side' in members;
}

/** True for an object that has the members of a body site and no others. */
export function isOnlySite(members: Members): boolean {
  return isSite(members) && Object.keys(members).every((name) => SITE_MEMBERS.has(name));
}

/** A body site in one line: "Left upper trapezius, segments C5, C6". */
export function renderSite(bodySite: object): string {
  const site = bodySite as ObjectValues;
  const { segments, text } = site;
  const levels = Array.isArray(segments) ? `, ${renderSegments(segments)}` : '';
  const name = unsidedName(site);
  const notes = notesOf(site, name);
  const inBrackets = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  const remark = typeof text === 'string' && text !== name ? `; ${text}` : '';
  return `${withSide(site, name)}${levels}${inBrackets}${remark}`;
}

/** Side and muscle or region, without segments and remarks: "Left upper trapezius". */
export function renderSiteName(bodySite: object): string {
  const site = bodySite as ObjectValues;
  return withSide(site, unsidedName(site));
}

function withSide({ side }: ObjectValues, name: string): string {
  return typeof side === 'string' ? `${renderCode(side)} ${lowerFirst(name)}` : name;
}

function renderSegments(segments: readonly string[]): string {
  const levels = segments.map(renderSegment).join(', ');
  return `${segments.length === 1 ? 'segment' : 'segments'} ${levels}`;
}

function unsidedName(site: ObjectValues): string {
  const code = site.muscle ?? site.region;
  if (typeof code === 'string' && code !== 'other') return renderCode(code);
  const written = (site as General).asWritten ?? {};
  return String(site.text ?? written.muscle ?? written.region ?? 'site not named');
}

/** The chart's wording of the site, and the reasons for missing members. */
function notesOf(site: ObjectValues, name: string): string[] {
  const { asWritten = {}, absent = {} } = site as General;
  const ofSite = (entries: object) =>
    Object.entries(entries).filter(([member]) => SITE_MEMBERS.has(member));
  const written = ofSite(asWritten).flatMap(([, text]) => (text === name ? [] : [`"${text}"`]));
  const missing = ofSite(absent).map(
    ([member, reason]) => `${member} ${lowerFirst(renderCode(reason))}`,
  );
  return [...(written.length === 0 ? [] : [`as written ${written.join(', ')}`]), ...missing];
}
