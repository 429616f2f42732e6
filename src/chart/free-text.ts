// Free text for display: hidden characters made visible, long lines wrapped.

/** Replaces tabs with spaces, every line break with "\n", and direction marks with "[U+202A]". */
export function visibleText(text: string): string {
  if (NOTHING_TO_REPLACE.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(DIRECTION_MARKS, (mark) => `[U+${mark.codePointAt(0)?.toString(16).toUpperCase()}]`);
}

/** Most texts, which are returned unchanged. */
const NOTHING_TO_REPLACE = /^[\n\u0020-\u1FFF]*$/;
/** Characters that reverse the direction of the text after them, which can change its meaning. */
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/g;

/** Widths of the first line and of continuation lines, in the unit that `measure` returns. */
export interface WrapOptions {
  readonly firstWidth: number;
  readonly nextWidth: number;
  readonly measure: (text: string) => number;
}

/** Wraps text and keeps its line breaks. A word longer than a line is split. */
export function wrapLines(text: string, { firstWidth, nextWidth, measure }: WrapOptions): string[] {
  // Fast path: most texts fit on one line.
  if (!/\n| {2}/.test(text) && measure(text) <= firstWidth) return [text];
  return text.split('\n').flatMap((paragraph, index) => {
    if (index === 0) return wrapParagraph(paragraph, { firstWidth, nextWidth, measure });
    return wrapParagraph(paragraph.trim(), { firstWidth: nextWidth, nextWidth, measure });
  });
}

function wrapParagraph(text: string, { firstWidth, nextWidth, measure }: WrapOptions): string[] {
  const lines: string[] = [];
  const spaceWidth = measure(' ');
  let line = '';
  let available = firstWidth;
  for (const word of text.split(/ +/)) {
    const wordWidth = measure(word);
    for (const piece of wordWidth <= nextWidth ? [word] : splitWord(word, nextWidth, measure)) {
      const width = piece === word ? wordWidth : measure(piece);
      const isStart = line === '';
      if (!isStart && width + spaceWidth > available) {
        lines.push(line);
        line = piece;
        available = nextWidth - width;
      } else {
        line += isStart ? piece : ` ${piece}`;
        available -= width + (isStart ? 0 : spaceWidth);
      }
    }
  }
  return [...lines, line];
}

/** Splits a word that is longer than a line, between graphemes. */
function splitWord(word: string, width: number, measure: WrapOptions['measure']): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of GRAPHEMES.segment(word)) {
    if (piece !== '' && measure(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
