// Free text for display: hidden characters made visible, long lines wrapped.

/** Free text in which tabs are spaces, every line break is "\n" and hidden characters are named. */
export function visibleText(text: string): string {
  if (USUAL_CHARACTERS.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(DIRECTION_MARKS, (mark) => `[U+${mark.codePointAt(0)?.toString(16).toUpperCase()}]`);
}

const USUAL_CHARACTERS = /^[\n\u0020-\u1FFF]*$/;
/** Change the direction of the text after them, so that a sentence could read as its opposite. */
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/g;

/** Width of the first line and of continuation lines, in the unit of `measure`. */
export interface LineWidths {
  readonly first: number;
  readonly next: number;
  readonly measure: (text: string) => number;
}

/** `text` wrapped to lines; its own line breaks are kept. A word longer than a line is split. */
export function wrapLines(text: string, { first, next, measure }: LineWidths): string[] {
  // Fast path: most texts fit on one line.
  if (!/\n| {2}/.test(text) && measure(text) <= first) return [text];
  return text.split('\n').flatMap((paragraph, index) => {
    const widths = { first: index === 0 ? first : next, next, measure };
    return wrapParagraph(index === 0 ? paragraph : paragraph.trim(), widths);
  });
}

function wrapParagraph(text: string, { first, next, measure }: LineWidths): string[] {
  const lines: string[] = [];
  const spaceWidth = measure(' ');
  let line = '';
  let available = first;
  for (const word of text.split(/ +/)) {
    const wordWidth = measure(word);
    for (const piece of wordWidth <= next ? [word] : splitWord(word, next, measure)) {
      const width = piece === word ? wordWidth : measure(piece);
      const isStart = line === '';
      if (!isStart && width + spaceWidth > available) {
        lines.push(line);
        line = piece;
        available = next - width;
      } else {
        line += isStart ? piece : ` ${piece}`;
        available -= width + (isStart ? 0 : spaceWidth);
      }
    }
  }
  return [...lines, line];
}

/** A word that is longer than a line, split between graphemes. */
function splitWord(word: string, width: number, measure: LineWidths['measure']): string[] {
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
