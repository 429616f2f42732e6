// Places the numbered marks of the sites on the body chart. A position is never guessed: a site without a
// known position or side is only listed in words. Marks that would overlap are moved apart.
import { defined } from '../defined.ts';
import type { ObjectValues } from '../ims/schema/members.ts';
import { type BodyPosition, bodyPositionOf, levelY, type View } from './body-positions.ts';
import type { NumberedSite } from './numbered-sites.ts';

/** What a mark shows about its site: the twitch response to needling, or that it was not needled. */
export type NeedlingResponse = 'twitch' | 'no-twitch' | 'twitch-unknown' | 'not-needled';

/** The centre of a drawn mark and the point that it marks, from the midline and the top of the body. */
export interface MarkPosition {
  readonly view: View;
  readonly centre: Coordinates;
  readonly anchor: Coordinates;
}

type Coordinates = readonly [x: number, y: number];

/** A site of the body chart; a site without a position is listed and not drawn. */
export interface SiteMark {
  readonly site: NumberedSite;
  readonly response: NeedlingResponse;
  readonly position?: MarkPosition;
  /** Which part of the position is unknown, or why the site is not drawn. */
  readonly remark?: string;
}

/** Half the width of a mark. */
export const MARK_RADIUS = 7;
/** Marks closer than this would overlap. */
const MIN_DISTANCE = 2 * MARK_RADIUS + 4;
/** Limits of the drawing area: greatest distance from the midline, top and bottom. */
const BOUNDS = { x: 98, top: 4, bottom: 474 };

/** The marks of the sites, in the order of their numbers. */
export function siteMarks(sites: readonly NumberedSite[]): SiteMark[] {
  const placed: MarkPosition[] = [];
  return sites.map((site) => {
    const response = responseOf(site);
    const anchor = anchorOf(site.site);
    if ('unknown' in anchor) return { site, response, remark: `${anchor.unknown}; not drawn` };
    const { view, point, remark } = anchor;
    const centre = nearestFree(anchor, placed);
    if (centre === undefined) return { site, response, remark: 'no room; not drawn' };
    const position = { view, centre, anchor: point };
    placed.push(position);
    return { site, response, position, ...defined({ remark }) };
  });
}

function responseOf({ isNeedled, site }: NumberedSite): NeedlingResponse {
  if (!isNeedled) return 'not-needled';
  const { answer } = (site.twitch ?? {}) as { answer?: string };
  if (answer === 'yes') return 'twitch';
  return answer === 'no' ? 'no-twitch' : 'twitch-unknown';
}

/** The point on the body that a mark belongs to. */
interface MarkAnchor {
  readonly view: View;
  readonly point: Coordinates;
  readonly remark?: string;
}

function anchorOf({
  muscle,
  region,
  side,
  segments = [],
}: ObjectValues): MarkAnchor | { unknown: string } {
  const position = bodyPositionOf(String(muscle ?? region));
  if (position === undefined) return { unknown: 'site without a code' };
  if (side === undefined && position.isUnpaired === undefined) {
    return { unknown: 'side not charted' };
  }
  const x = position.x * sideFactor(side, position.view);
  const y = anchorY(position, segments as readonly string[]);
  const anchor = { view: position.view, point: [x, y] } as const;
  const isLevelUnknown = position.levelRange !== undefined && (segments as unknown[]).length === 0;
  return isLevelUnknown ? { ...anchor, remark: 'level not charted' } : anchor;
}

/** The sign of x. The patient's left is on the right of the front view and the left of the back view. */
function sideFactor(side: unknown, view: View): number {
  if (side !== 'left' && side !== 'right') return 0;
  return (side === 'left') === (view === 'front') ? 1 : -1;
}

/** The mean height of the charted segments, limited to the levels that the muscle covers. */
function anchorY({ y, levelRange }: BodyPosition, segments: readonly string[]): number {
  if (levelRange === undefined || segments.length === 0) return y;
  const middle = segments.reduce((sum, segment) => sum + levelY(segment), 0) / segments.length;
  return Math.min(Math.max(middle, levelRange[0]), levelRange[1]);
}

/** The nearest position without overlap, searched in growing rings, each from its outermost point. */
function nearestFree(
  { view, point }: MarkAnchor,
  placed: readonly MarkPosition[],
): Coordinates | undefined {
  const occupied = placed.filter((mark) => mark.view === view).map(({ centre }) => centre);
  const isFree = (at: Coordinates) => isInside(at) && occupied.every((mark) => areApart(at, mark));
  if (isFree(point)) return point;
  const outwards = point[0] < 0 ? Math.PI : 0;
  for (let ring = 1; ring <= RINGS; ring++) {
    const steps = 8 + 4 * ring;
    for (let step = 0; step < steps; step++) {
      // Alternates between both sides of the outward direction: 0, +1, -1, +2 …
      const turn = Math.ceil(step / 2) * (step % 2 === 0 ? 1 : -1);
      const angle = outwards + (turn * 2 * Math.PI) / steps;
      const at = [
        point[0] + ring * RING_WIDTH * Math.cos(angle),
        point[1] + ring * RING_WIDTH * Math.sin(angle),
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
