// Text and shapes on a sheet of PDF, each run of words in the first font that holds it.
import type PDFDocument from 'pdfkit';
import type { PathShape, PlainShape, TextShape } from '../chart/shapes.ts';
import { type Fonts, type Run, runsOf } from './fonts.ts';

/** A sheet of pdfkit. */
export type Sheet = InstanceType<typeof PDFDocument>;

/** How words look; sizes in points. */
export interface TextStyle {
  readonly size: number;
  readonly colour: string;
  readonly isBold?: boolean;
}

/** What draws on a sheet. */
export interface Pen {
  readonly sheet: Sheet;
  /** Width of a line in points. */
  measure(text: string, style: TextStyle): number;
  /** One line, `y` its base line. */
  write(text: string, at: readonly [x: number, y: number], style: TextStyle): void;
  draw(shape: PlainShape): void;
}

/** A pen for a sheet, which gets the fonts inside as far as they are used. */
export function penOf(sheet: Sheet, fonts: Fonts): Pen {
  for (const { file } of [...fonts.faces, fonts.bold]) sheet.registerFont(file, file);
  const pen: Pen = {
    sheet,
    measure: (text, style) =>
      runsOf(text, style.isBold === true, fonts).reduce(
        (width, run) => width + measureRun(sheet, run, style),
        0,
      ),
    write(text, [x, y], style) {
      let at = x;
      for (const run of runsOf(text, style.isBold === true, fonts)) {
        const width = measureRun(sheet, run, style);
        const options = { lineBreak: false, baseline: 'alphabetic', ...shaping(run) } as const;
        sheet.fillColor(style.colour).text(run.text, at, y, options);
        at += width;
      }
    },
    draw: (shape) => (shape.kind === 'text' ? drawText(pen, shape) : drawPath(sheet, shape)),
  };
  return pen;
}

function measureRun(sheet: Sheet, run: Run, { size }: TextStyle): number {
  return sheet.font(run.face.file).fontSize(size).widthOfString(run.text, shaping(run));
}

/** pdfkit hands features on to fontkit, which takes them on or off by name. */
function shaping({ features }: Run): { features?: never } {
  return features === undefined ? {} : { features: features as never };
}

function drawText(pen: Pen, { text, x, y, size, fill, isBold, isCentred }: TextShape): void {
  const style = { size, colour: fill, isBold: isBold === true };
  const left = isCentred === true ? x - pen.measure(text, style) / 2 : x;
  pen.write(text, [left, y], style);
}

function drawPath(sheet: Sheet, shape: PathShape): void {
  const { d, x, y, fill, stroke, strokeWidth = 1, dash, mirrored } = shape;
  for (const direction of mirrored === true ? [1, -1] : [1]) {
    sheet.save().translate(x, y).scale(direction, 1);
    sheet.lineJoin('round').lineCap('round').lineWidth(strokeWidth);
    if (dash !== undefined) sheet.dash(dash, {});
    sheet.path(d);
    if (fill !== undefined && stroke !== undefined) sheet.fillAndStroke(fill, stroke);
    else if (stroke !== undefined) sheet.stroke(stroke);
    else sheet.fill(fill ?? '#000000');
    sheet.restore();
  }
}
