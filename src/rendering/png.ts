// A picture as PNG. Loaded only when it is asked for: its packages are optional. Letters are drawn as
// outlines, because the renderer would set the vowels of Indic scripts in the wrong place.
import { Resvg } from '@resvg/resvg-js';
import {
  type PathShape,
  type Picture,
  type Shape,
  type TextShape,
  ungrouped,
} from '../chart/shapes.ts';
import { svg } from '../chart/svg.ts';
import { type Fonts, type Run, runsOf } from './fonts.ts';

/** Pixels for one of the picture's, so that small print stays sharp. */
const ZOOM = 2;

/** The picture as the bytes of a PNG, the same on every machine. */
export function png(picture: Picture, fonts: Fonts): Uint8Array {
  const shapes = ungrouped(picture.shapes).flatMap((shape) =>
    shape.kind === 'text' ? outlinesOf(shape, fonts) : [shape],
  );
  const drawn = new Resvg(svg({ ...picture, shapes }, 'Body chart'), {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { loadSystemFonts: false },
  });
  return drawn.render().asPng();
}

function outlinesOf(
  { text, x, y, size, fill, isBold, isCentred }: TextShape,
  fonts: Fonts,
): Shape[] {
  const shapes: PathShape[] = [];
  let at = 0;
  for (const run of runsOf(text, isBold === true, fonts)) {
    const { d, width } = outlineOf(run, size, at);
    if (d !== '') shapes.push({ kind: 'path', d, x, y, fill });
    at += width;
  }
  const left = isCentred === true ? x - at / 2 : x;
  return shapes.map((shape) => ({ ...shape, x: left }));
}

/** Letters of one font as path data, their base line at 0, beginning at `start`. */
function outlineOf({ face, text, features }: Run, size: number, start: number) {
  const { glyphs, positions } = face.font.layout(text, features as never);
  const scale = size / face.font.unitsPerEm;
  let at = start;
  const parts = glyphs.map((glyph, index) => {
    const { xOffset = 0, yOffset = 0, xAdvance = 0 } = positions[index] ?? {};
    const [x, y] = [at + xOffset * scale, -yOffset * scale];
    at += xAdvance * scale;
    // Fonts count upwards, pictures downwards.
    return glyph.path.transform(scale, 0, 0, -scale, x, y).toSVG();
  });
  return { d: parts.join(''), width: at - start };
}
