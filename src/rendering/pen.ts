// Draws text and shapes in a PDF document, each run of text in the first font that has its characters.
import type PDFDocument from 'pdfkit';
import type { PathShape, PlainShape, TextShape } from '../chart/shapes.ts';
import { type Fonts, type TextRun, textRuns } from './fonts.ts';

/** A document of pdfkit. */
export type PdfDocument = InstanceType<typeof PDFDocument>;

/** The style of a text; sizes in points. */
export interface TextStyle {
  readonly size: number;
  readonly colour: string;
  readonly isBold?: boolean;
}

/** Draws on the current page of a document. */
export interface Pen {
  readonly document: PdfDocument;
  /** Width of a line in points. */
  measure(text: string, style: TextStyle): number;
  /** Writes one line; `y` is its baseline. */
  write(text: string, at: readonly [x: number, y: number], style: TextStyle): void;
  draw(shape: PlainShape): void;
}

/** A pen for a document; the fonts that are used are embedded in it. */
export function createPen(document: PdfDocument, fonts: Fonts): Pen {
  for (const { file } of [...fonts.faces, fonts.bold]) document.registerFont(file, file);
  const pen: Pen = {
    document,
    measure: (text, style) =>
      textRuns(text, style.isBold === true, fonts).reduce(
        (width, run) => width + measureRun(document, run, style),
        0,
      ),
    write(text, [x, y], style) {
      let runX = x;
      for (const run of textRuns(text, style.isBold === true, fonts)) {
        const width = measureRun(document, run, style);
        const options = {
          lineBreak: false,
          baseline: 'alphabetic',
          ...featureOptions(run),
        } as const;
        document.fillColor(style.colour).text(run.text, runX, y, options);
        runX += width;
      }
    },
    draw: (shape) => (shape.kind === 'text' ? drawText(pen, shape) : drawPath(document, shape)),
  };
  return pen;
}

function measureRun(document: PdfDocument, run: TextRun, { size }: TextStyle): number {
  return document.font(run.face.file).fontSize(size).widthOfString(run.text, featureOptions(run));
}

/** pdfkit passes features to fontkit, which accepts an object of booleans unlike pdfkit's own types. */
function featureOptions({ features }: TextRun): { features?: never } {
  return features === undefined ? {} : { features: features as never };
}

function drawText(pen: Pen, { text, x, y, size, fill, isBold, isCentred }: TextShape): void {
  const style = { size, colour: fill, isBold: isBold === true };
  const left = isCentred === true ? x - pen.measure(text, style) / 2 : x;
  pen.write(text, [left, y], style);
}

function drawPath(document: PdfDocument, shape: PathShape): void {
  const { d, x, y, fill, stroke, strokeWidth = 1, dash, isMirrored } = shape;
  for (const direction of isMirrored === true ? [1, -1] : [1]) {
    document.save().translate(x, y).scale(direction, 1);
    document.lineJoin('round').lineCap('round').lineWidth(strokeWidth);
    if (dash !== undefined) document.dash(dash, {});
    document.path(d);
    if (fill !== undefined && stroke !== undefined) document.fillAndStroke(fill, stroke);
    else if (stroke !== undefined) document.stroke(stroke);
    else document.fill(fill ?? '#000000');
    document.restore();
  }
}
