// Reads NDJSON: one record per line. A line with errors does not affect the other lines.
import { type ReadResult, readRecordText } from './read.ts';

/** The result of one line; `line` counts from 1. */
export type ReadLine = ReadResult & { readonly line: number };

/** Reads all lines of an NDJSON text that are not blank. */
export function readLines(source: string): ReadLine[] {
  const lines: ReadLine[] = [];
  for (const { line, text } of splitLines(source)) lines.push({ line, ...readRecordText(text) });
  return lines;
}

/**
 * The lines of a text that are not blank, trimmed, one at a time. Also accepts CRLF and a byte order
 * mark.
 */
export function* splitLines(source: string): Generator<{ line: number; text: string }> {
  let line = 1;
  for (let start = 0; start < source.length; ) {
    const char = source.charCodeAt(start);
    // Skipped without allocation: a hostile text may consist of blank lines.
    if (char === NEWLINE) line++;
    if (isBlank(char)) {
      start++;
      continue;
    }
    const newline = source.indexOf('\n', start);
    const end = newline < 0 ? source.length : newline;
    const text = source.slice(start, end).trim();
    if (text !== '') yield { line, text };
    start = end;
  }
}

const NEWLINE = 10;

/** True for ASCII white space; `trim` removes the rest. */
function isBlank(char: number): boolean {
  return char === 32 || (char >= 9 && char <= 13);
}
