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
  const ranges = lineRanges({
    length: source.length,
    codeAt: (index) => source.charCodeAt(index),
    nextNewline: (from) => source.indexOf('\n', from),
  });
  for (const { line, start, end } of ranges) {
    const text = source.slice(start, end).trim();
    if (text !== '') yield { line, text };
  }
}

/** The lines of UTF-8 bytes that are not blank, not decoded, one at a time. */
export function* splitByteLines(
  bytes: Uint8Array,
): Generator<{ line: number; content: Uint8Array }> {
  const ranges = lineRanges({
    length: bytes.length,
    codeAt: (index) => bytes[index] ?? 0,
    nextNewline: (from) => bytes.indexOf(NEWLINE, from),
  });
  for (const { line, start, end } of ranges) yield { line, content: bytes.subarray(start, end) };
}

/** Text or bytes by position. `nextNewline` returns -1 if there is none at or after `from`. */
interface Source {
  readonly length: number;
  readonly codeAt: (index: number) => number;
  readonly nextNewline: (from: number) => number;
}

/** Where each line with more than ASCII white space starts, after that, and ends. */
function* lineRanges({
  length,
  codeAt,
  nextNewline,
}: Source): Generator<{ line: number; start: number; end: number }> {
  let line = 1;
  for (let start = 0; start < length; ) {
    const code = codeAt(start);
    // Skipped without allocation: a hostile text may consist of blank lines.
    if (code === NEWLINE) line++;
    if (isBlank(code)) {
      start++;
      continue;
    }
    const newline = nextNewline(start);
    const end = newline < 0 ? length : newline;
    yield { line, start, end };
    start = end;
  }
}

const NEWLINE = 0x0a;
const SPACE = 0x20;

/** True for ASCII white space; `trim` removes the rest. */
function isBlank(code: number): boolean {
  return code === SPACE || (code >= 0x09 && code <= 0x0d);
}
