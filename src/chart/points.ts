// Sites as numbered points of the body chart. What has no place on it, or no side, is told in words
// and never guessed; points that would cover each other move apart and keep a line to their place.
import { type BodyPlace, bodyPlaceOf, levelY, type View } from './body-places.ts';
import type { Values } from './phrases.ts';
import type { SaidSite } from './sites.ts';

/** What a point shows: needled with or without a twitch, needled and not said, not needled. */
export type Response = 'twitch' | 'no-twitch' | 'not-said' | 'not-needled';

/** Where a mark stands and where it belongs, from the figure's midline and top. */
export interface Spot {
  readonly view: View;
  readonly at: Position;
  readonly anchor: Position;
}

type Position = readonly [x: number, y: number];

/** A site on the chart; without a spot it stands beside it, with the reason. */
export interface Point {
  readonly said: SaidSite;
  readonly response: Response;
  readonly spot?: Spot;
  /** What the place leaves open, or why there is none. */
  readonly remark?: string;
}

/** Half the width of a mark. */
export const MARK = 7;
/** Marks nearer than this would cover each other. */
const APART = 2 * MARK + 4;
/** How far a mark may stand from the midline, and from the top. */
const BOUNDS = { x: 98, top: 4, bottom: 474 };

/** Every site as a point, in the order of their numbers. */
export function pointsOf(sites: readonly SaidSite[]): Point[] {
  const taken: Spot[] = [];
  return sites.map((said) => {
    const response = responseOf(said);
    const found = anchorOf(said.site);
    if ('missing' in found) return { said, response, remark: `${found.missing}; not drawn` };
    const at = freeAt(found, taken);
    if (at === undefined) return { said, response, remark: 'no room; not drawn' };
    const spot = { view: found.view, at, anchor: found.anchor };
    taken.push(spot);
    const { remark } = found;
    return { said, response, spot, ...(remark === undefined ? {} : { remark }) };
  });
}

function responseOf({ isNeedled, site }: SaidSite): Response {
  if (!isNeedled) return 'not-needled';
  const { answer } = (site.twitch ?? {}) as { answer?: string };
  if (answer === 'yes') return 'twitch';
  return answer === 'no' ? 'no-twitch' : 'not-said';
}

interface Anchor {
  readonly view: View;
  readonly anchor: Position;
  readonly remark?: string;
}

function anchorOf({ muscle, region, side, segments = [] }: Values): Anchor | { missing: string } {
  const place = bodyPlaceOf(String(muscle ?? region));
  if (place === undefined) return { missing: 'place without a code' };
  if (side === undefined && place.isUnpaired === undefined) return { missing: 'side not charted' };
  const x = place.x * directionOf(side, place.view);
  const y = heightOf(place, segments as readonly string[]);
  const anchor = { view: place.view, anchor: [x, y] } as const;
  const isVague = place.levels !== undefined && (segments as unknown[]).length === 0;
  return isVague ? { ...anchor, remark: 'level not charted' } : anchor;
}

/** The patient's left is the reader's right in front, and the reader's left behind. */
function directionOf(side: unknown, view: View): number {
  if (side !== 'left' && side !== 'right') return 0;
  return (side === 'left') === (view === 'front') ? 1 : -1;
}

/** The middle of the levels charted, as far as the muscle reaches. */
function heightOf({ y, levels }: BodyPlace, segments: readonly string[]): number {
  if (levels === undefined || segments.length === 0) return y;
  const middle = segments.reduce((sum, one) => sum + levelY(one), 0) / segments.length;
  return Math.min(Math.max(middle, levels[0]), levels[1]);
}

/** The nearest place where a mark covers no other, outwards first. */
function freeAt({ view, anchor }: Anchor, taken: readonly Spot[]): Position | undefined {
  const others = taken.filter((one) => one.view === view).map(({ at }) => at);
  const isFree = (at: Position) => isInside(at) && others.every((other) => areApart(at, other));
  if (isFree(anchor)) return anchor;
  const outwards = anchor[0] < 0 ? Math.PI : 0;
  for (let ring = 1; ring <= RINGS; ring++) {
    const steps = 8 + 4 * ring;
    for (let step = 0; step < steps; step++) {
      // Left and right of the direction outwards in turn: 0, +1, -1, +2 …
      const turn = Math.ceil(step / 2) * (step % 2 === 0 ? 1 : -1);
      const angle = outwards + (turn * 2 * Math.PI) / steps;
      const at = [
        anchor[0] + ring * STEP * Math.cos(angle),
        anchor[1] + ring * STEP * Math.sin(angle),
      ] as const;
      if (isFree(at)) return at;
    }
  }
  return undefined;
}

const STEP = 4;
const RINGS = 60;

function isInside([x, y]: Position): boolean {
  return Math.abs(x) <= BOUNDS.x && y >= BOUNDS.top && y <= BOUNDS.bottom;
}

function areApart([a, b]: Position, [c, d]: Position): boolean {
  return (a - c) ** 2 + (b - d) ** 2 >= APART ** 2;
}
