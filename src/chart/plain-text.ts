// A chart as plain text of 80 columns, the form that every EMR accepts as a note: letters, spaces and
// line breaks only, so that it stays readable wherever it is pasted.
import { type Chart, chartSections } from './chart.ts';
import { visibleText, wrapLines } from './free-text.ts';
import type { Block } from './narrative.ts';

/** Columns of a line in terminals and note fields. */
const WIDTH = 80;
/** Additional indent of continuation lines. */
const HANGING_INDENT = 4;

/** The whole chart; ends with a line break. */
export function chartToText(chart: Chart): string {
  const filled = (blocks: readonly Block[]) => blocks.filter(({ lines }) => lines.length > 0);
  const paragraphs = [
    ...filled(chart.notices).map(({ heading, lines }) => paragraph(heading, lines)),
    ...filled(chartSections(chart)).map(({ heading, lines }) =>
      paragraph(heading.toUpperCase(), lines),
    ),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function paragraph(heading: string, lines: readonly string[]): string {
  return [...wrapIndented(heading), ...lines.flatMap((line) => wrapIndented(`  ${line}`))].join(
    '\n',
  );
}

/** A line wrapped to the width; continuation lines are indented further than the first. */
function wrapIndented(line: string): string[] {
  const indent = line.length - line.trimStart().length;
  const next = indent + HANGING_INDENT;
  const widths = { first: WIDTH - indent, next: WIDTH - next, measure: columnWidth };
  const [first = '', ...rest] = wrapLines(visibleText(line.trimStart()), widths);
  const lines = [' '.repeat(indent) + first, ...rest.map((text) => ' '.repeat(next) + text)];
  return lines.map((text) => text.trimEnd());
}

const WIDE =
  /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|[\u3000-\u303F\uFF01-\uFF60]|\p{Emoji_Presentation}/u;
const NARROW = /^[\u0020-\u02FF]*$/;

/** Columns of a text in a fixed-width font: Han, kana, Hangul and emoji characters count two. */
export function columnWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (/[\p{M}\p{Cf}]/u.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}
