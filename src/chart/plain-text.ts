// A chart as plain text with 80 columns. It needs no formatting except spaces and line breaks, so that
// it can be pasted into the notes of any EMR.
import { type Chart, chartSections } from './chart.ts';
import { visibleText, wrapLines } from './free-text.ts';
import type { Block } from './narrative.ts';

/** Columns of a line in terminals and note fields. */
const WIDTH = 80;
/** Additional indent of continuation lines. */
const HANGING_INDENT = 4;

/** Renders the whole chart; the text ends with a line break. */
export function chartToText(chart: Chart): string {
  const nonEmpty = (blocks: readonly Block[]) => blocks.filter(({ lines }) => lines.length > 0);
  const paragraphs = [
    ...nonEmpty(chart.notices).map(({ heading, lines }) => paragraph(heading, lines)),
    ...nonEmpty(chartSections(chart)).map(({ heading, lines }) =>
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

/** Wraps a line; continuation lines are indented further than the first. */
function wrapIndented(line: string): string[] {
  const indent = line.length - line.trimStart().length;
  const nextIndent = indent + HANGING_INDENT;
  const [first = '', ...rest] = wrapLines(visibleText(line.trimStart()), {
    firstWidth: WIDTH - indent,
    nextWidth: WIDTH - nextIndent,
    measure: columnWidth,
  });
  const lines = [' '.repeat(indent) + first, ...rest.map((text) => ' '.repeat(nextIndent) + text)];
  return lines.map((text) => text.trimEnd());
}

const WIDE_CHARACTER =
  /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|[\u3000-\u303F\uFF01-\uFF60]|\p{Emoji_Presentation}/u;
/** Most texts: every character takes one column. */
const NARROW_TEXT = /^[\u0020-\u02FF]*$/;

/** Columns of a text in a fixed-width font; Han, kana, Hangul and emoji characters take two each. */
export function columnWidth(text: string): number {
  if (NARROW_TEXT.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (/[\p{M}\p{Cf}]/u.test(character)) continue;
    columns += WIDE_CHARACTER.test(character) ? 2 : 1;
  }
  return columns;
}
