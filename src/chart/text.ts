// A chart as plain text, the one form every EMR takes as a note: 80 columns, nothing but letters,
// blanks and line breaks, so that it stays readable wherever it is pasted.
import type { Chart } from './chart.ts';
import { legible } from './legible.ts';
import type { Block } from './narrative.ts';

/** Columns of a line, as terminals and note fields have them. */
const WIDTH = 80;
/** How far a line that goes on stands in from where it began. */
const HANGING = 4;

/** The whole chart; ends with a line break. */
export function chartText({ titles, sections }: Chart): string {
  const said = (blocks: readonly Block[]) => blocks.filter(({ lines }) => lines.length > 0);
  const paragraphs = [
    ...said(titles).map(({ heading, lines }) => paragraph(heading, lines)),
    ...said(sections).map(({ heading, lines }) => paragraph(heading.toUpperCase(), lines)),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function paragraph(heading: string, lines: readonly string[]): string {
  return [...wrapped(heading), ...lines.flatMap((line) => wrapped(`  ${line}`))].join('\n');
}

/** One line on as many as it needs: those that go on, and those it holds itself, stand in. */
function wrapped(line: string): string[] {
  const indent = line.length - line.trimStart().length;
  const [first = '', ...others] = legible(line.trimStart()).split('\n');
  return [
    ...filled(first, indent, indent + HANGING),
    ...others.flatMap((other) => filled(other.trim(), indent + HANGING, indent + HANGING)),
  ];
}

function filled(text: string, first: number, next: number): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(first);
  let columns = first;
  let isEmpty = true;
  const start = () => {
    lines.push(line);
    line = ' '.repeat(next);
    columns = next;
    isEmpty = true;
  };
  for (const word of text.split(/ +/)) {
    for (const piece of piecesOf(word, WIDTH - next)) {
      const width = columnsOf(piece);
      if (!isEmpty && columns + 1 + width > WIDTH) start();
      line += isEmpty ? piece : ` ${piece}`;
      columns += width + (isEmpty ? 0 : 1);
      isEmpty = false;
    }
  }
  return [...lines, line].map((one) => one.trimEnd());
}

/** A word that no line can hold, in pieces; characters that belong together stay so. */
function piecesOf(word: string, room: number): string[] {
  if (columnsOf(word) <= room) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of LETTERS.segment(word)) {
    if (columnsOf(piece + segment) > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
  /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|[\u3000-\u303F\uFF01-\uFF60]|\p{Emoji_Presentation}/u;
const NARROW = /^[\u0020-\u02FF]*$/;

/** Columns that text takes in a fixed-width font: two a Han, kana or Hangul character or emoji. */
export function columnsOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (/[\p{M}\p{Cf}]/u.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}
