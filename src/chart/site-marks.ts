// Numbered marks of the sites on the body chart. A site without a known position or side is listed
// in words only, never guessed; marks that would overlap move apart.
import type { ObjectValues } from '../ims/schema/members.ts';
import { type BodyPosition, bodyPositionOf, levelY, type View } from './body-positions.ts';
import type { NumberedSite } from './numbered-sites.ts';

/** What a mark shows: needled with, without or with an unknown twitch response, or not needled. */
export type NeedlingResponse = 'twitch' | 'no-twitch' | 'twitch-unknown' | 'not-needled';

/** Where a mark is drawn (`at`) and which point it marks (`anchor`), from the midline and the top. */
export interface MarkPosition {
  readonly view: View;
  readonly at: Coordinates;
  readonly anchor: Coordinates;
}

type Coordinates = readonly [x: number, y: number];

/** A site of the body chart; without a position it is listed only, and `remark` gives the reason. */
export interface SiteMark {
  readonly site: NumberedSite;
  readonly response: NeedlingResponse;
  readonly position?: MarkPosition;
  /** What is not known about the position, or why there is none. */
  readonly remark?: string;
}

/** Half the width of a mark. */
export const MARK_RADIUS = 7;
/** Marks closer than this would overlap. */
const MIN_DISTANCE = 2 * MARK_RADIUS + 4;
/** Limits of the drawing area: greatest distance from the midline, top and bottom. */
const BOUNDS = { x: 98, top: 4, bottom: 474 };

/** Every site as a mark, in the order of their numbers. */
export function siteMarks(sites: readonly NumberedSite[]): SiteMark[] {
  const placed: MarkPosition[] = [];
  return sites.map((site) => {
    const response = responseOf(site);
    const target = targetOf(site.site);
    if ('missing' in target) return { site, response, remark: `${target.missing}; not drawn` };
    const at = nearestFree(target, placed);
    if (at === undefined) return { site, response, remark: 'no room; not drawn' };
    const position = { view: target.view, at, anchor: target.anchor };
    placed.push(position);
    const { remark } = target;
    return { site, response, position, ...(remark === undefined ? {} : { remark }) };
  });
}

function responseOf({ isNeedled, site }: NumberedSite): NeedlingResponse {
  if (!isNeedled) return 'not-needled';
  const { answer } = (site.twitch ?? {}) as { answer?: string };
  if (answer === 'yes') return 'twitch';
  return answer === 'no' ? 'no-twitch' : 'twitch-unknown';
}

/** The point that a mark belongs to. */
interface Target {
  readonly view: View;
  readonly anchor: Coordinates;
  readonly remark?: string;
}

function targetOf({
  muscle,
  region,
  side,
  segments = [],
}: ObjectValues): Target | { missing: string } {
  const position = bodyPositionOf(String(muscle ?? region));
  if (position === undefined) return { missing: 'site without a code' };
  if (side === undefined && position.isUnpaired === undefined) {
    return { missing: 'side not charted' };
  }
  const x = position.x * directionOf(side, position.view);
  const y = heightOf(position, segments as readonly string[]);
  const target = { view: position.view, anchor: [x, y] } as const;
  const isLevelUnknown = position.levels !== undefined && (segments as unknown[]).length === 0;
  return isLevelUnknown ? { ...target, remark: 'level not charted' } : target;
}

/** The patient's left is on the viewer's right in the front view and on the left in the back view. */
function directionOf(side: unknown, view: View): number {
  if (side !== 'left' && side !== 'right') return 0;
  return (side === 'left') === (view === 'front') ? 1 : -1;
}

/** The middle of the charted segments, within the levels that the muscle covers. */
function heightOf({ y, levels }: BodyPosition, segments: readonly string[]): number {
  if (levels === undefined || segments.length === 0) return y;
  const middle = segments.reduce((sum, segment) => sum + levelY(segment), 0) / segments.length;
  return Math.min(Math.max(middle, levels[0]), levels[1]);
}

/** The nearest position without overlap, searched in rings that start away from the midline. */
function nearestFree(
  { view, anchor }: Target,
  placed: readonly MarkPosition[],
): Coordinates | undefined {
  const occupied = placed.filter((position) => position.view === view).map(({ at }) => at);
  const isFree = (at: Coordinates) => isInside(at) && occupied.every((mark) => areApart(at, mark));
  if (isFree(anchor)) return anchor;
  const outwards = anchor[0] < 0 ? Math.PI : 0;
  for (let ring = 1; ring <= RINGS; ring++) {
    const steps = 8 + 4 * ring;
    for (let step = 0; step < steps; step++) {
      // Alternates to both sides of the outward direction: 0, +1, -1, +2 …
      const turn = Math.ceil(step / 2) * (step % 2 === 0 ? 1 : -1);
      const angle = outwards + (turn * 2 * Math.PI) / steps;
      const at = [
        anchor[0] + ring * RING_WIDTH * Math.cos(angle),
        anchor[1] + ring * RING_WIDTH * Math.sin(angle),
      ] as const;
      if (isFree(at)) return at;
    }
  }
  return undefined;
}

const RING_WIDTH = 4;
const RINGS = 60;

function isInside([x, y]: Coordinates): boolean {
  return Math.abs(x) <= BOUNDS.x && y >= BOUNDS.top && y <= BOUNDS.bottom;
}

function areApart([ax, ay]: Coordinates, [bx, by]: Coordinates): boolean {
  return (ax - bx) ** 2 + (ay - by) ** 2 >= MIN_DISTANCE ** 2;
}
