// NDJSON: one record a line. A line is read whole or refused whole; its neighbours do not care.
import { type ReadResult, readRecordText } from './read.ts';

/** One line that held something: its number in the file (from 1) and what reading gave. */
export type ReadLine = ReadResult & { readonly line: number };

/**
 * The lines of an NDJSON text that hold something, with their numbers, one after the other as they are
 * asked for; BOM, CRLF and blanks fall away.
 */
export function* splitLines(source: string): Generator<{ line: number; text: string }> {
  let line = 1;
  for (let start = 0; start < source.length; ) {
    const char = source.charCodeAt(start);
    // Most of a hostile text may be blank: nothing is made of it.
    if (char === NEWLINE) line++;
    if (isBlank(char)) {
      start++;
      continue;
    }
    const found = source.indexOf('\n', start);
    const end = found < 0 ? source.length : found;
    const text = source.slice(start, end).trim();
    if (text !== '') yield { line, text };
    start = end;
  }
}

const NEWLINE = 10;

/** True for a space, tab or line break of ASCII; `trim` knows the others. */
function isBlank(char: number): boolean {
  return char === 32 || (char >= 9 && char <= 13);
}

/** Reads every line of an NDJSON text. */
export function readLines(source: string): ReadLine[] {
  const lines: ReadLine[] = [];
  for (const { line, text } of splitLines(source)) lines.push({ line, ...readRecordText(text) });
  return lines;
}
