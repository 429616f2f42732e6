// What a picture is made of, before any format: a few shapes that SVG and PDF both know.

/** A line or area. `mirrored`: drawn a second time as its image at the vertical through `x`. */
export interface PathShape {
  readonly kind: 'path';
  readonly d: string;
  readonly x: number;
  readonly y: number;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly dash?: number;
  readonly mirrored?: true;
}

/** One line of text; `y` is its base line. */
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

/** What a shape is in the end. */
export type PlainShape = PathShape | TextShape;

/** Shapes that are the same in every picture, put in their place as one: the body, the marks. */
export interface GroupShape {
  readonly kind: 'group';
  readonly shapes: readonly PlainShape[];
  readonly x: number;
  readonly y: number;
}

export type Shape = PlainShape | GroupShape;

/** The shapes of groups where they stand, for what draws each by itself. */
export function ungrouped(shapes: readonly Shape[]): PlainShape[] {
  return shapes.flatMap((shape) =>
    shape.kind === 'group'
      ? shape.shapes.map((one) => ({ ...one, x: shape.x + one.x, y: shape.y + one.y }))
      : [shape],
  );
}

/** Shapes on a white ground, the first at the bottom. Sizes in CSS pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Nearly black. */
export const INK = '#1c1c1c';

/** A rectangle from its upper left corner. */
export function box(width: number, height: number): string {
  return `M0 0h${width}v${height}h${-width}z`;
}

/** A line of text. */
export function label(text: string, at: Omit<TextShape, 'kind' | 'text' | 'fill'>): TextShape {
  return { kind: 'text', text, fill: INK, ...at };
}

/**
 * Width of a line at a size of 1, on the safe side: DejaVu Sans is among the widest of the fonts a
 * viewer may put in its place.
 */
export function widthOf(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    const known = KNOWN[text.charCodeAt(at)];
    if (known === undefined) return width + widthOfOthers(text.slice(at));
    width += known;
  }
  return width;
}

function widthOfOthers(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfOne(character);
  return width;
}

function widthOfOne(character: string): number {
  if (/[ .,:;'|!()[\]\-iljtfrI/]/.test(character)) return 0.42;
  if (/[mwMW%@×–]/.test(character)) return 1;
  if (/[\p{M}\p{Cf}]/u.test(character)) return 0.3;
  if (character > '\u1100') return 1.05;
  return /[A-Z0-9]/.test(character) ? 0.72 : 0.64;
}

/** By code, of the letters that most charts are written with. */
const KNOWN: readonly number[] = Array.from({ length: 0x250 }, (_, code) =>
  widthOfOne(String.fromCharCode(code)),
);
