// Human-readable output: wrapping to 79 columns, issues and losses as lines, counts.
import type { Writable } from 'node:stream';
import type { Loss } from '../adapter.ts';
import type { Issue } from '../errors.ts';
import { writeLine } from './io.ts';

const WIDTH = 79;

/** An issue as one line: severity, path, message, code. */
export function issueLine({ severity, path, message, code }: Issue): string {
  return `${severity}${path === '' ? '' : ` at ${path}`}: ${message} (${code})`;
}

/** A loss as one line. */
export function lossLine({ path, reason }: Loss): string {
  return `lost${path === '' ? '' : ` at ${path}`}: ${reason}`;
}

/** `1 visit`, `2 visits`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}

/**
 * Breaks text between words into lines of at most 79 columns, each indented by `indent` blanks; line
 * breaks in the text are kept. A longer word gets a separate line.
 */
export function wrap(text: string, indent = 0): string {
  const margin = ' '.repeat(indent);
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, WIDTH - indent))
    .map((line) => `${margin}${line}`)
    .join('\n');
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const extended = line === '' ? word : `${line} ${word}`;
    if (extended.length <= width || line === '') {
      line = extended;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** JSON on one line, or indented. */
export function jsonText(value: unknown, onOneLine: boolean): string {
  return JSON.stringify(value, undefined, onOneLine ? undefined : 2);
}

/** Where a document is: the name of its file or stdin and, for NDJSON, its line. */
export interface Location {
  readonly name: string;
  readonly line: number | undefined;
}

/** `records.ndjson line 3`, or only the name. */
export function formatLocation({ name, line }: Location): string {
  return line === undefined ? name : `${name} line ${line}`;
}

/** Writes each issue and loss of a document on one line (so that it can be searched), after its location. */
export async function writeIssues(
  stream: Writable,
  location: Location,
  { issues, losses = [] }: { issues: readonly Issue[]; losses?: readonly Loss[] },
): Promise<void> {
  for (const text of [...issues.map(issueLine), ...losses.map(lossLine)]) {
    await writeLine(stream, `${formatLocation(location)}: ${text}`);
  }
}
