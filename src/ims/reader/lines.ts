// NDJSON: one record a line. A line is read whole or refused whole; its neighbours do not care.
import { type ReadResult, readRecordText } from './read.ts';

/** One line that held something: its number in the file (from 1) and what reading gave. */
export type ReadLine = ReadResult & { readonly line: number };

/** The lines of an NDJSON text that hold something, with their numbers; BOM, CRLF and blanks fall away. */
export function splitLines(source: string): { line: number; text: string }[] {
  const whole = source.startsWith('\uFEFF') ? source.slice(1) : source;
  return whole
    .split('\n')
    .map((text, index) => ({ line: index + 1, text: text.trim() }))
    .filter(({ text }) => text !== '');
}

/** Reads every line of an NDJSON text. */
export function readLines(source: string): ReadLine[] {
  return splitLines(source).map(({ line, text }) => ({ line, ...readRecordText(text) }));
}
