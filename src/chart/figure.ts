// Draws the body chart: the body from the front and the back, the numbered marks of the sites, and the
// legend.
import { LANDMARKS, OUTLINE } from './body-outline.ts';
import type { View } from './body-positions.ts';
import {
  INK,
  oneDecimal,
  type PathShape,
  type PlainShape,
  rectanglePath,
  type Shape,
  textLine,
} from './shapes.ts';
import { MARK_RADIUS, type NeedlingResponse, type SiteMark } from './site-marks.ts';

/** Size of both views with the legend. */
export const FIGURE_SIZE = { width: 410, height: 590 } as const;

type Coordinates = readonly [x: number, y: number];

/** x of the midline of each view. */
const MIDLINE: Readonly<Record<View, number>> = { front: 102, back: 308 };
/** y of the top of both heads; the titles of the views are above. */
const TOP = 24;

/** The shapes of the figure, with its upper left corner at `x`, `y`. */
export function figureShapes(marks: readonly SiteMark[], [x, y]: Coordinates): Shape[] {
  return [
    { kind: 'group', shapes: BODY, x, y },
    ...marks.flatMap((mark) => leaderShapes(mark, [x, y])),
    ...marks.flatMap(({ position, response, site }) => {
      if (position === undefined) return [];
      const at = [
        x + MIDLINE[position.view] + position.centre[0],
        y + TOP + position.centre[1],
      ] as const;
      return markShapes(response, String(site.number), at);
    }),
  ];
}

function bodyShapes(view: View, [x, y]: Coordinates): PlainShape[] {
  const [leftEdge, rightEdge] = view === 'front' ? ['R', 'L'] : ['L', 'R'];
  const sideStyle = { size: 13, isBold: true, isCentred: true } as const;
  return [
    {
      kind: 'path',
      d: OUTLINE,
      x,
      y,
      fill: '#f6f4f1',
      stroke: '#5a5a5a',
      strokeWidth: 1.1,
      isMirrored: true,
    },
    {
      kind: 'path',
      d: LANDMARKS[view],
      x,
      y,
      stroke: '#b5afa6',
      strokeWidth: 0.8,
      isMirrored: true,
    },
    textLine(view.toUpperCase(), { x, y: y - 8, size: 11, isBold: true, isCentred: true }),
    textLine(leftEdge, { x: x - 72, y: y + 40, ...sideStyle }),
    textLine(rightEdge, { x: x + 72, y: y + 40, ...sideStyle }),
  ];
}

/** For a mark that was moved aside: a line from the mark to its point on the body, and a dot there. */
function leaderShapes({ position }: SiteMark, [x, y]: Coordinates): Shape[] {
  if (position === undefined) return [];
  const [[markX, markY], [anchorX, anchorY]] = [position.centre, position.anchor];
  if (Math.hypot(markX - anchorX, markY - anchorY) < 2) return [];
  const anchor = { x: x + MIDLINE[position.view] + anchorX, y: y + TOP + anchorY };
  const line = `M0 0L${oneDecimal(markX - anchorX)} ${oneDecimal(markY - anchorY)}`;
  return [
    { kind: 'path', d: line, ...anchor, stroke: INK, strokeWidth: 0.8 },
    { kind: 'path', d: DOT, ...anchor, fill: INK },
  ];
}

const DOT = circlePath(1.6);
const STAR = starPath(8, MARK_RADIUS + 1.8, MARK_RADIUS - 1);
const SQUARE = `M${-MARK_RADIUS + 0.6} ${-MARK_RADIUS + 0.6}h${2 * MARK_RADIUS - 1.2}v${2 * MARK_RADIUS - 1.2}h${1.2 - 2 * MARK_RADIUS}z`;
const DIAMOND = `M0 ${-MARK_RADIUS - 1.5}L${MARK_RADIUS + 1.5} 0L0 ${MARK_RADIUS + 1.5}L${-MARK_RADIUS - 1.5} 0z`;

function circlePath(radius: number): string {
  const diameter = 2 * radius;
  return `M${-radius} 0a${radius} ${radius} 0 1 0 ${diameter} 0a${radius} ${radius} 0 1 0 ${-diameter} 0z`;
}

function starPath(rays: number, outer: number, inner: number): string {
  const corners = Array.from({ length: 2 * rays }, (_, index) => {
    const [angle, radius] = [(index * Math.PI) / rays, index % 2 === 0 ? outer : inner];
    return `${oneDecimal(radius * Math.sin(angle))} ${oneDecimal(-radius * Math.cos(angle))}`;
  });
  return `M${corners.join('L')}z`;
}

/** A mark centred at 0, 0, and the colour of its number. */
interface MarkStyle {
  readonly shapes: readonly [PathShape];
  readonly numberColour: string;
}

/** Marks differ in shape and not only in colour, for black-and-white print and colour blindness. */
const MARK_STYLES: Readonly<Record<NeedlingResponse, MarkStyle>> = {
  twitch: markStyle({ d: STAR, fill: '#123b5d' }, '#ffffff'),
  'no-twitch': markStyle({ d: circlePath(MARK_RADIUS), fill: '#ffffff' }),
  'twitch-unknown': markStyle({ d: SQUARE, fill: '#ffffff' }),
  'not-needled': markStyle({ d: DIAMOND, fill: '#ffffff', dash: 2 }),
};

function markStyle(
  path: Pick<PathShape, 'd' | 'fill' | 'dash'>,
  numberColour: string = INK,
): MarkStyle {
  return {
    shapes: [{ kind: 'path', x: 0, y: 0, stroke: INK, strokeWidth: 1.1, ...path }],
    numberColour,
  };
}

/** The mark of a site with its number, centred at `x`, `y`. */
export function markShapes(
  response: NeedlingResponse,
  number: string,
  [x, y]: Coordinates,
): Shape[] {
  const size = number.length > 2 ? 6 : 8.5;
  const { shapes, numberColour } = MARK_STYLES[response];
  const numberLine = textLine(number, {
    x,
    y: y + size * 0.36,
    size,
    isBold: true,
    isCentred: true,
  });
  return [
    { kind: 'group', shapes, x, y },
    { ...numberLine, fill: numberColour },
  ];
}

/** The meaning of each mark. */
const LEGEND: Readonly<Record<NeedlingResponse, string>> = {
  twitch: 'Needled, local twitch response',
  'no-twitch': 'Needled, no twitch response',
  'twitch-unknown': 'Needled, twitch response unknown',
  'not-needled': 'Planned or requested, NOT needled',
};

function legendShapes([x, y]: Coordinates): PlainShape[] {
  const entries = Object.entries(LEGEND) as [NeedlingResponse, string][];
  const marks = entries.flatMap(([response, meaning], index) => {
    const at = { x: x + 14 + 195 * (index % 2), y: y + 14 + 20 * Math.floor(index / 2) };
    const [shape] = MARK_STYLES[response].shapes;
    return [{ ...shape, ...at }, textLine(meaning, { x: at.x + 13, y: at.y + 3.5, size: 9.5 })];
  });
  const note = "R, L: the patient's right and left. Positions are approximate.";
  return [
    {
      kind: 'path',
      d: rectanglePath(394, 62),
      x,
      y: y - 2,
      fill: '#ffffff',
      stroke: '#c9c5be',
      strokeWidth: 0.8,
    },
    ...marks,
    textLine(note, { x: x + 7, y: y + 54, size: 9.5 }),
  ];
}

/** The shapes that are the same on every body chart. */
const BODY = [
  ...bodyShapes('front', [MIDLINE.front, TOP]),
  ...bodyShapes('back', [MIDLINE.back, TOP]),
  ...legendShapes([8, 524]),
];
