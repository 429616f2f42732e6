// A picture as PNG. Imported dynamically, because its packages are optional. Text is converted to
// outlines, because resvg puts the vowels of Indic scripts in the wrong place.
import { Resvg } from '@resvg/resvg-js';
import {
  flattenGroups,
  type PathShape,
  type Picture,
  type Shape,
  type TextShape,
} from '../chart/shapes.ts';
import { pictureToSvg } from '../chart/svg.ts';
import { type Fonts, type TextRun, textRuns } from './fonts.ts';

/** Image pixels per CSS pixel, so that small text stays sharp. */
const ZOOM = 2;

/** The picture as PNG; the bytes are the same on every machine. */
export function pictureToPng(picture: Picture, fonts: Fonts): Uint8Array {
  const shapes = flattenGroups(picture.shapes).flatMap((shape) =>
    shape.kind === 'text' ? textOutlines(shape, fonts) : [shape],
  );
  const image = new Resvg(pictureToSvg({ ...picture, shapes }, 'Body chart'), {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { loadSystemFonts: false },
  });
  return image.render().asPng();
}

function textOutlines(
  { text, x, y, size, fill, isBold, isCentred }: TextShape,
  fonts: Fonts,
): Shape[] {
  const shapes: PathShape[] = [];
  let offset = 0;
  for (const run of textRuns(text, isBold === true, fonts)) {
    const { d, width } = runOutline(run, size, offset);
    if (d !== '') shapes.push({ kind: 'path', d, x, y, fill });
    offset += width;
  }
  const left = isCentred === true ? x - offset / 2 : x;
  return shapes.map((shape) => ({ ...shape, x: left }));
}

/** The outline of a run as path data, with the baseline at 0 and the left edge at `start`. */
function runOutline({ face, text, features }: TextRun, size: number, start: number) {
  const { glyphs, positions } = face.font.layout(text, features as never);
  const scale = size / face.font.unitsPerEm;
  let offset = start;
  const parts = glyphs.map((glyph, index) => {
    const { xOffset = 0, yOffset = 0, xAdvance = 0 } = positions[index] ?? {};
    const [x, y] = [offset + xOffset * scale, -yOffset * scale];
    offset += xAdvance * scale;
    // The y axis of fonts points up, that of pictures down.
    return glyph.path.transform(scale, 0, 0, -scale, x, y).toSVG();
  });
  return { d: parts.join(''), width: offset - start };
}
