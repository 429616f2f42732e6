// Text on lines that are not longer than there is room for.

/** Room of the first line and of those that go on, in what `measure` gives for a text. */
export interface Room {
  readonly first: number;
  readonly next: number;
  readonly measure: (text: string) => number;
}

/** `text` on as many lines as it needs; its own line breaks stay. A word too long is broken. */
export function brokenLines(text: string, { first, next, measure }: Room): string[] {
  // Most lines fit as they are.
  if (!/\n| {2}/.test(text) && measure(text) <= first) return [text];
  return text.split('\n').flatMap((paragraph, index) => {
    const room = { first: index === 0 ? first : next, next, measure };
    return filled(index === 0 ? paragraph : paragraph.trim(), room);
  });
}

function filled(text: string, { first, next, measure }: Room): string[] {
  const lines: string[] = [];
  const blank = measure(' ');
  let line = '';
  let left = first;
  for (const word of text.split(/ +/)) {
    const whole = measure(word);
    for (const piece of whole <= next ? [word] : piecesOf(word, next, measure)) {
      const width = piece === word ? whole : measure(piece);
      const isStart = line === '';
      if (!isStart && width + blank > left) {
        lines.push(line);
        line = piece;
        left = next - width;
      } else {
        line += isStart ? piece : ` ${piece}`;
        left -= width + (isStart ? 0 : blank);
      }
    }
  }
  return [...lines, line];
}

/** A word that no line can hold, in pieces; characters that belong together stay so. */
function piecesOf(word: string, room: number, measure: Room['measure']): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of LETTERS.segment(word)) {
    if (piece !== '' && measure(piece + segment) > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });
