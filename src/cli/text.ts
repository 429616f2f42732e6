// Words for people: lines of at most 79 columns.
import type { Writable } from 'node:stream';
import type { Loss } from '../adapter.ts';
import type { Issue } from '../errors.ts';
import { say } from './io.ts';

const WIDTH = 79;

/** An issue as one line: how bad, where, what. */
export function issueLine({ severity, path, message, code }: Issue): string {
  return `${severity}${path === '' ? '' : ` at ${path}`}: ${message} (${code})`;
}

/** A loss as one line. */
export function lossLine({ path, reason }: Loss): string {
  return `lost${path === '' ? '' : ` at ${path}`}: ${reason}`;
}

/** `1 visit`, `2 visits`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** Words on as many lines as needed, each after `indent` blanks; a longer word keeps its own line. */
export function wrap(text: string, indent = 0): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= WIDTH - indent || line === '') {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines.map((one) => `${' '.repeat(indent)}${one}`).join('\n');
}

/** JSON on one line, or indented for people. */
export function jsonText(value: unknown, onOneLine: boolean): string {
  return JSON.stringify(value, undefined, onOneLine ? undefined : 2);
}

/** Writes issues and losses of one document, each after where they are. */
export async function report(
  stream: Writable,
  { name, line }: { name: string; line: number | undefined },
  found: { issues: readonly Issue[]; losses?: readonly Loss[] },
): Promise<void> {
  const place = line === undefined ? name : `${name} line ${line}`;
  for (const issue of found.issues) await say(stream, `${place}: ${issueLine(issue)}`);
  for (const loss of found.losses ?? []) await say(stream, `${place}: ${lossLine(loss)}`);
}
