// A chart as plain text, the one form every EMR takes as a note: 80 columns, nothing but letters,
// blanks and line breaks, so that it stays readable wherever it is pasted.
import { type Chart, sectionsOf } from './chart.ts';
import { legible } from './legible.ts';
import { brokenLines } from './lines.ts';
import type { Block } from './narrative.ts';

/** Columns of a line, as terminals and note fields have them. */
const WIDTH = 80;
/** How far a line that goes on stands in from where it began. */
const HANGING = 4;

/** The whole chart; ends with a line break. */
export function chartText(chart: Chart): string {
  const said = (blocks: readonly Block[]) => blocks.filter(({ lines }) => lines.length > 0);
  const paragraphs = [
    ...said(chart.titles).map(({ heading, lines }) => paragraph(heading, lines)),
    ...said(sectionsOf(chart)).map(({ heading, lines }) => paragraph(heading.toUpperCase(), lines)),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function paragraph(heading: string, lines: readonly string[]): string {
  return [...wrapped(heading), ...lines.flatMap((line) => wrapped(`  ${line}`))].join('\n');
}

/** One line on as many as it needs: those that go on, and those it holds itself, stand in. */
function wrapped(line: string): string[] {
  const indent = line.length - line.trimStart().length;
  const next = indent + HANGING;
  const room = { first: WIDTH - indent, next: WIDTH - next, measure: columnsOf };
  const [first = '', ...others] = brokenLines(legible(line.trimStart()), room);
  const lines = [' '.repeat(indent) + first, ...others.map((other) => ' '.repeat(next) + other)];
  return lines.map((one) => one.trimEnd());
}

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
