// The shapes that drawings are made of, independent of the output format (SVG, PNG or PDF).

/** A line or area; `d` is SVG path data relative to `x`, `y`. `isMirrored` also draws its mirror image. */
export interface PathShape {
  readonly kind: 'path';
  readonly d: string;
  readonly x: number;
  readonly y: number;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly dash?: number;
  readonly isMirrored?: true;
}

/** One line of text; `y` is its baseline. */
export interface TextShape {
  readonly kind: 'text';
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly isBold?: true;
  readonly isCentred?: true;
}

/** A shape without nested shapes. */
export type PlainShape = PathShape | TextShape;

/** Shapes that recur in many pictures, such as the body or a mark, moved by `x`, `y` as a whole. */
export interface GroupShape {
  readonly kind: 'group';
  readonly shapes: readonly PlainShape[];
  readonly x: number;
  readonly y: number;
}

export type Shape = PlainShape | GroupShape;

/** The shapes with every group replaced by its own shapes in absolute coordinates. */
export function flattenGroups(shapes: readonly Shape[]): PlainShape[] {
  return shapes.flatMap((shape) =>
    shape.kind === 'group'
      ? shape.shapes.map((inner) => ({ ...inner, x: shape.x + inner.x, y: shape.y + inner.y }))
      : [shape],
  );
}

/** Shapes on a white background, drawn in order. Sizes in CSS pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** The default colour of text and lines. */
export const INK = '#1c1c1c';

/** Path data of a rectangle, starting at its upper left corner. */
export function rectanglePath(width: number, height: number): string {
  return `M0 0h${width}v${height}h${-width}z`;
}

/** Rounds a coordinate, because further decimals cannot be seen. */
export function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A line of text. */
export function textLine(text: string, at: Omit<TextShape, 'kind' | 'text' | 'fill'>): TextShape {
  return { kind: 'text', text, fill: INK, ...at };
}

/**
 * Estimated width of a line at font size 1. It is an upper bound: the widths are those of DejaVu Sans,
 * which is wider than the fonts that viewers may use instead.
 */
export function estimateWidth(text: string): number {
  let width = 0;
  for (let index = 0; index < text.length; index++) {
    const known = LATIN_WIDTHS[text.charCodeAt(index)];
    if (known === undefined) return width + sumOfWidths(text.slice(index));
    width += known;
  }
  return width;
}

function sumOfWidths(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (/[ .,:;'|!()[\]\-iljtfrI/]/.test(character)) return 0.42;
  if (/[mwMW%@×–]/.test(character)) return 1;
  if (/[\p{M}\p{Cf}]/u.test(character)) return 0.3;
  if (character > '\u1100') return 1.05;
  return /[A-Z0-9]/.test(character) ? 0.72 : 0.64;
}

/** Widths of Latin characters by code point. */
const LATIN_WIDTHS: readonly number[] = Array.from({ length: 0x250 }, (_, code) =>
  characterWidth(String.fromCharCode(code)),
);
