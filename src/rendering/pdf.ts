// A whole chart as PDF in letter format: the blocks in reading order, the figure before the sites, a
// footer on every page. Imported dynamically, because its packages are optional.
import PDFDocument from 'pdfkit';
import type { Chart } from '../chart/chart.ts';
import { FIGURE_SIZE } from '../chart/figure.ts';
import { visibleText, wrapLines } from '../chart/free-text.ts';
import type { Block } from '../chart/narrative.ts';
import { flattenGroups, type Shape } from '../chart/shapes.ts';
import type { Fonts } from './fonts.ts';
import { createPen, type Pen, type TextStyle } from './pen.ts';

/** A chart to print. */
export interface PrintableChart {
  readonly chart: Chart;
  /** The figure of the body chart, if the record has sites. */
  readonly figure?: readonly Shape[];
  /** Text of the footer: patient, visit, record. */
  readonly footer: string;
  readonly title: string;
  /** Creation date of the document: the same record always gives the same bytes. */
  readonly recordedAt: string;
}

/** Sizes in points. */
const PAGE = { margin: 54, footer: 30 } as const;
const BODY = { size: 9.5, leading: 13, hanging: 14, perSpace: 4.5, gap: 9 } as const;
const HEADING = { size: 11.5, leading: 16 } as const;
const FOOTER = { size: 8, leading: 10.5, colour: '#4a4a4a' } as const;
const FIGURE_SCALE = 0.74;
const INK = '#1c1c1c';
/** Warnings also have a bar at the side, because print may lose the colour. */
const WARNING_COLOUR = '#9d1c12';

/** The PDF with embedded fonts; the same chart gives the same bytes. */
export async function chartToPdf(printable: PrintableChart, fonts: Fonts): Promise<Uint8Array> {
  const { margin, footer } = PAGE;
  const document = new PDFDocument({
    size: 'LETTER',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footer },
    bufferPages: true,
    lang: 'en',
    // No default font: pdfkit would load it again for every word.
    font: '',
    info: { Title: printable.title, CreationDate: new Date(printable.recordedAt) },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve) => document.on('end', () => resolve()));
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  writePages(createPen(document, fonts), printable);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Where on the page the next line begins. */
interface Cursor {
  readonly pen: Pen;
  y: number;
}

function writePages(pen: Pen, { chart, figure, footer }: PrintableChart): void {
  const cursor: Cursor = { pen, y: PAGE.margin };
  for (const block of chart.notices) writeBlock(cursor, block, { isBold: true, isWarning: true });
  for (const block of chart.safety) writeBlock(cursor, block, { isWarning: true });
  for (const block of chart.before) writeBlock(cursor, block);
  if (figure !== undefined) drawFigure(cursor, figure);
  for (const block of [...chart.sites, ...chart.after]) writeBlock(cursor, block);
  writeFooters(pen, footer);
}

interface BlockStyle {
  readonly isBold?: boolean;
  readonly isWarning?: boolean;
}

/** Writes a heading and its lines; contraindications are always bold. */
function writeBlock(cursor: Cursor, { heading, lines }: Block, style: BlockStyle = {}): void {
  const { isBold = false, isWarning = false } = style;
  if (lines.length === 0) return;
  // Keeps a heading together with its first two lines.
  ensureSpace(cursor, HEADING.leading + 2 * BODY.leading);
  const colour = isWarning ? WARNING_COLOUR : INK;
  const headingStyle = { ...HEADING, colour, x: PAGE.margin, isBold: true, isWarning };
  writeLine(cursor, heading, headingStyle);
  for (const text of lines) {
    const isBoldLine = isBold || text.startsWith('CONTRAINDICATION');
    writeText(cursor, text, { size: BODY.size, colour: INK, isBold: isBoldLine, isWarning });
  }
  cursor.y += BODY.gap;
}

interface LineStyle extends TextStyle {
  readonly isWarning: boolean;
}

/** Writes a line of the chart, wrapped to the width of the page. */
function writeText(cursor: Cursor, text: string, style: LineStyle): void {
  const indent = (text.length - text.trimStart().length + 2) * BODY.perSpace;
  const x = PAGE.margin + indent;
  const width = textWidth(cursor.pen) - indent;
  const lines = wrapLines(visibleText(text.trimStart()), {
    firstWidth: width,
    nextWidth: width - BODY.hanging,
    measure: (words) => cursor.pen.measure(words, style),
  });
  for (const [index, line] of lines.entries()) {
    const lineX = index === 0 ? x : x + BODY.hanging;
    writeLine(cursor, line, { ...style, x: lineX, leading: BODY.leading });
  }
}

interface PlacedLineStyle extends LineStyle {
  readonly x: number;
  readonly leading: number;
}

function writeLine(cursor: Cursor, text: string, lineStyle: PlacedLineStyle): void {
  const { x, leading, isWarning, ...style } = lineStyle;
  ensureSpace(cursor, leading);
  const { pen, y } = cursor;
  if (isWarning) pen.document.rect(PAGE.margin - 10, y, 3, leading).fill(WARNING_COLOUR);
  pen.write(text, [x, y + leading * 0.75], style);
  cursor.y += leading;
}

/** Starts a new page if less than `height` is left on this one. */
function ensureSpace(cursor: Cursor, height: number): void {
  const { document } = cursor.pen;
  if (cursor.y + height <= document.page.height - PAGE.margin - PAGE.footer) return;
  document.addPage();
  cursor.y = PAGE.margin;
}

function textWidth({ document }: Pen): number {
  return document.page.width - 2 * PAGE.margin;
}

/** Draws the figure, centred; on a new page if it does not fit together with the first site. */
function drawFigure(cursor: Cursor, shapes: readonly Shape[]): void {
  const [width, height] = [FIGURE_SIZE.width * FIGURE_SCALE, FIGURE_SIZE.height * FIGURE_SCALE];
  ensureSpace(cursor, height + 60);
  const { pen, y } = cursor;
  pen.document.save();
  pen.document.translate((pen.document.page.width - width) / 2, y).scale(FIGURE_SCALE);
  for (const shape of flattenGroups(shapes)) pen.draw(shape);
  pen.document.restore();
  cursor.y += height + BODY.gap;
}

/** Writes the footer and the page number on every page. */
function writeFooters(pen: Pen, footer: string): void {
  const { document } = pen;
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    document.switchToPage(page);
    // pdfkit would start a new page for text below the bottom margin.
    document.page.margins.bottom = 0;
    const width = textWidth(pen);
    const measure = (words: string) => pen.measure(words, FOOTER);
    const text = visibleText(`${footer} · page ${page - start + 1} of ${count}`);
    const lines = wrapLines(text, { firstWidth: width, nextWidth: width, measure });
    let y = document.page.height - PAGE.margin - 4;
    for (const line of lines) {
      pen.write(line, [PAGE.margin, y], FOOTER);
      y += FOOTER.leading;
    }
  }
}
