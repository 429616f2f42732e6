// The body, front and back, with its numbered marks and what their shapes mean.
import { LANDMARKS, OUTLINE } from './body-outline.ts';
import type { View } from './body-places.ts';
import { MARK, type Point, type Response } from './points.ts';
import { box, INK, label, type PathShape, type PlainShape, type Shape } from './shapes.ts';

/** Size of the whole figure. */
export const FIGURE = { width: 410, height: 590 } as const;

const MIDLINE: Readonly<Record<View, number>> = { front: 102, back: 308 };
/** Where the heads begin, under the words that say which view it is. */
const TOP = 24;

/** The figure with its upper left corner at `x`, `y`. */
export function figureShapes(points: readonly Point[], [x, y]: readonly [number, number]): Shape[] {
  return [
    { kind: 'group', shapes: BODY, x, y },
    ...points.flatMap((point) => leader(point, [x, y])),
    ...points.flatMap(({ spot, response, said }) => {
      if (spot === undefined) return [];
      const at = [x + MIDLINE[spot.view] + spot.at[0], y + TOP + spot.at[1]] as const;
      return markShapes(response, String(said.number), at);
    }),
  ];
}

function bodyShapes(view: View, [x, y]: readonly [number, number]): PlainShape[] {
  const [left, right] = view === 'front' ? ['R', 'L'] : ['L', 'R'];
  const side = { size: 13, isBold: true, isCentred: true } as const;
  return [
    {
      kind: 'path',
      d: OUTLINE,
      x,
      y,
      fill: '#f6f4f1',
      stroke: '#5a5a5a',
      strokeWidth: 1.1,
      mirrored: true,
    },
    { kind: 'path', d: LANDMARKS[view], x, y, stroke: '#b5afa6', strokeWidth: 0.8, mirrored: true },
    label(view.toUpperCase(), { x, y: y - 8, size: 11, isBold: true, isCentred: true }),
    label(left, { x: x - 72, y: y + 40, ...side }),
    label(right, { x: x + 72, y: y + 40, ...side }),
  ];
}

/** A line from a mark that had to move to the place it belongs to. */
function leader({ spot }: Point, [x, y]: readonly [number, number]): Shape[] {
  if (spot === undefined) return [];
  const [[toX, toY], [fromX, fromY]] = [spot.at, spot.anchor];
  if (Math.hypot(toX - fromX, toY - fromY) < 2) return [];
  const at = { x: x + MIDLINE[spot.view] + fromX, y: y + TOP + fromY };
  const line = `M0 0L${short(toX - fromX)} ${short(toY - fromY)}`;
  return [
    { kind: 'path', d: line, ...at, stroke: INK, strokeWidth: 0.8 },
    { kind: 'path', d: DOT, ...at, fill: INK },
  ];
}

function short(value: number): number {
  return Math.round(value * 10) / 10;
}

const DOT = circle(1.6);
const STAR = star(8, MARK + 1.8, MARK - 1);
const SQUARE = `M${-MARK + 0.6} ${-MARK + 0.6}h${2 * MARK - 1.2}v${2 * MARK - 1.2}h${1.2 - 2 * MARK}z`;
const DIAMOND = `M0 ${-MARK - 1.5}L${MARK + 1.5} 0L0 ${MARK + 1.5}L${-MARK - 1.5} 0z`;

function circle(r: number): string {
  return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

function star(rays: number, outer: number, inner: number): string {
  const corners = Array.from({ length: 2 * rays }, (_, index) => {
    const [angle, r] = [(index * Math.PI) / rays, index % 2 === 0 ? outer : inner];
    return `${short(r * Math.sin(angle))} ${short(-r * Math.cos(angle))}`;
  });
  return `M${corners.join('L')}z`;
}

/** Told apart by shape first, so that print and colour-blind eyes lose nothing. */
const MARKS: Readonly<Record<Response, Mark>> = {
  twitch: mark({ d: STAR, fill: '#123b5d' }, '#ffffff'),
  'no-twitch': mark({ d: circle(MARK), fill: '#ffffff' }),
  'not-said': mark({ d: SQUARE, fill: '#ffffff' }),
  'not-needled': mark({ d: DIAMOND, fill: '#ffffff', dash: 2 }),
};

/** A mark around 0, 0, and the colour of the number in it. */
interface Mark {
  readonly shapes: readonly [PathShape];
  readonly ink: string;
}

function mark(look: Pick<PathShape, 'd' | 'fill' | 'dash'>, ink: string = INK): Mark {
  return { shapes: [{ kind: 'path', x: 0, y: 0, stroke: INK, strokeWidth: 1.1, ...look }], ink };
}

/** A mark with its number in it. */
export function markShapes(
  response: Response,
  number: string,
  [x, y]: readonly [number, number],
): Shape[] {
  const size = number.length > 2 ? 6 : 8.5;
  const { shapes, ink } = MARKS[response];
  return [
    { kind: 'group', shapes, x, y },
    { ...label(number, { x, y: y + size * 0.36, size, isBold: true, isCentred: true }), fill: ink },
  ];
}

/** What a shape means, in the words of the list beside the figure. */
export const MEANING: Readonly<Record<Response, string>> = {
  twitch: 'Needled, local twitch response',
  'no-twitch': 'Needled, no twitch',
  'not-said': 'Needled, twitch not known',
  'not-needled': 'Planned or asked for, NOT needled',
};

function legendShapes([x, y]: readonly [number, number]): PlainShape[] {
  const entries = Object.entries(MEANING) as [Response, string][];
  const marks = entries.flatMap(([response, words], index) => {
    const at = { x: x + 14 + 195 * (index % 2), y: y + 14 + 20 * Math.floor(index / 2) };
    const [shape] = MARKS[response].shapes;
    return [{ ...shape, ...at }, label(words, { x: at.x + 13, y: at.y + 3.5, size: 9.5 })];
  });
  const words = 'R, L: right and left of the patient. Places are approximate.';
  return [
    {
      kind: 'path',
      d: box(394, 62),
      x,
      y: y - 2,
      fill: '#ffffff',
      stroke: '#c9c5be',
      strokeWidth: 0.8,
    },
    ...marks,
    label(words, { x: x + 7, y: y + 54, size: 9.5 }),
  ];
}

/** What is the same in every figure. */
const BODY = [
  ...bodyShapes('front', [MIDLINE.front, TOP]),
  ...bodyShapes('back', [MIDLINE.back, TOP]),
  ...legendShapes([8, 524]),
];
