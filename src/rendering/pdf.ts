// A whole chart for print: the words in reading order with the figure before the sites, on letter
// paper, every page saying whose it is. Loaded only when asked for: its packages are optional.
import PDFDocument from 'pdfkit';
import type { Chart } from '../chart/chart.ts';
import { FIGURE } from '../chart/figure.ts';
import { legible } from '../chart/legible.ts';
import { brokenLines } from '../chart/lines.ts';
import type { Block } from '../chart/narrative.ts';
import { type Shape, ungrouped } from '../chart/shapes.ts';
import type { Fonts } from './fonts.ts';
import { type Pen, penOf, type TextStyle } from './pen.ts';

/** What is printed. */
export interface Print {
  readonly chart: Chart;
  /** The figure; none where the record names no site. */
  readonly figure?: readonly Shape[];
  /** At the foot of every page: whose chart, of when, which record. */
  readonly foot: string;
  readonly title: string;
  /** Instant at which the record was written; a print has no clock of its own. */
  readonly recordedAt: string;
}

/** In points. */
const PAGE = { margin: 54, foot: 30 } as const;
const BODY = { size: 9.5, leading: 13, hanging: 14, perBlank: 4.5, gap: 9 } as const;
const HEADING = { size: 11.5, leading: 16 } as const;
const FOOT = { size: 8, leading: 10.5, colour: '#4a4a4a' } as const;
const FIGURE_SCALE = 0.74;
const INK = '#1c1c1c';
/** Also told apart by a bar at the side: colour alone may be lost in print. */
const WARNING = '#9d1c12';

/** The bytes of a PDF with its fonts inside; the same chart gives the same bytes. */
export async function pdf(print: Print, fonts: Fonts): Promise<Uint8Array> {
  const { margin, foot } = PAGE;
  const sheet = new PDFDocument({
    size: 'LETTER',
    margins: { top: margin, left: margin, right: margin, bottom: margin + foot },
    bufferPages: true,
    lang: 'en',
    // None of its own: a font opened twice is opened anew at every word.
    font: '',
    info: { Title: print.title, CreationDate: new Date(print.recordedAt) },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve) => sheet.on('end', () => resolve()));
  sheet.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  writePages(penOf(sheet, fonts), print);
  sheet.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Where on the sheet the next line begins. */
interface Cursor {
  readonly pen: Pen;
  y: number;
}

function writePages(pen: Pen, { chart, figure, foot }: Print): void {
  const cursor: Cursor = { pen, y: PAGE.margin };
  for (const block of chart.titles) writeBlock(cursor, block, { isLoud: true, isBarred: true });
  for (const block of chart.safety) writeBlock(cursor, block, { isBarred: true });
  for (const block of chart.before) writeBlock(cursor, block);
  if (figure !== undefined) drawFigure(cursor, figure);
  for (const block of [...chart.sites, ...chart.after]) writeBlock(cursor, block);
  writeFeet(pen, foot);
}

interface Look {
  readonly isLoud?: boolean;
  readonly isBarred?: boolean;
}

/** A heading and its lines; a block without lines is left out. */
function writeBlock(cursor: Cursor, { heading, lines }: Block, look: Look = {}): void {
  const { isLoud = false, isBarred = false } = look;
  if (lines.length === 0) return;
  // A heading is not left alone at the foot of a page.
  makeRoom(cursor, HEADING.leading + 2 * BODY.leading);
  const head = { size: HEADING.size, colour: isBarred ? WARNING : INK, isBold: true };
  writeLine(cursor, heading, { ...head, x: PAGE.margin, leading: HEADING.leading, isBarred });
  for (const text of lines) {
    const isBold = isLoud || text.startsWith('CONTRAINDICATION');
    writeText(cursor, text, { size: BODY.size, colour: INK, isBold }, isBarred);
  }
  cursor.y += BODY.gap;
}

/** A line of the chart on as many of the sheet as it needs. */
function writeText(cursor: Cursor, text: string, style: TextStyle, isBarred: boolean): void {
  const indent = (text.length - text.trimStart().length + 2) * BODY.perBlank;
  const x = PAGE.margin + indent;
  const width = widthOf(cursor.pen) - indent;
  const room = { first: width, next: width - BODY.hanging };
  const lines = brokenLines(legible(text.trimStart()), {
    ...room,
    measure: (words) => cursor.pen.measure(words, style),
  });
  for (const [index, line] of lines.entries()) {
    const at = index === 0 ? x : x + BODY.hanging;
    writeLine(cursor, line, { ...style, x: at, leading: BODY.leading, isBarred });
  }
}

interface Line extends TextStyle {
  readonly x: number;
  readonly leading: number;
  readonly isBarred: boolean;
}

function writeLine(cursor: Cursor, text: string, { x, leading, isBarred, ...style }: Line): void {
  makeRoom(cursor, leading);
  const { pen, y } = cursor;
  if (isBarred) pen.sheet.rect(PAGE.margin - 10, y, 3, leading).fill(WARNING);
  pen.write(text, [x, y + leading * 0.75], style);
  cursor.y += leading;
}

/** Goes on to the next page where less than `height` is left. */
function makeRoom(cursor: Cursor, height: number): void {
  const { sheet } = cursor.pen;
  if (cursor.y + height <= sheet.page.height - PAGE.margin - PAGE.foot) return;
  sheet.addPage();
  cursor.y = PAGE.margin;
}

function widthOf({ sheet }: Pen): number {
  return sheet.page.width - 2 * PAGE.margin;
}

/** The figure in the middle, on the next page where it does not fit with the first site under it. */
function drawFigure(cursor: Cursor, shapes: readonly Shape[]): void {
  const [width, height] = [FIGURE.width * FIGURE_SCALE, FIGURE.height * FIGURE_SCALE];
  makeRoom(cursor, height + 60);
  const { pen, y } = cursor;
  pen.sheet.save();
  pen.sheet.translate((pen.sheet.page.width - width) / 2, y).scale(FIGURE_SCALE);
  for (const shape of ungrouped(shapes)) pen.draw(shape);
  pen.sheet.restore();
  cursor.y += height + BODY.gap;
}

/** On every page: whose chart it is, and which page of how many. */
function writeFeet(pen: Pen, foot: string): void {
  const { sheet } = pen;
  const { start, count } = sheet.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    sheet.switchToPage(page);
    // The foot stands below the margin, where the sheet would begin a new page.
    sheet.page.margins.bottom = 0;
    const width = widthOf(pen);
    const measure = (words: string) => pen.measure(words, FOOT);
    const text = legible(`${foot} · page ${page - start + 1} of ${count}`);
    const lines = brokenLines(text, { first: width, next: width, measure });
    let y = sheet.page.height - PAGE.margin - 4;
    for (const line of lines) {
      pen.write(line, [PAGE.margin, y], FOOT);
      y += FOOT.leading;
    }
  }
}
