// Files and stdin as documents: one JSON document, or one a line. Lines are read as they come, so
// that years of charts fit into any memory.
import { createReadStream } from 'node:fs';
import { decode } from '../service/body.ts';
import { CommandFailure, EXIT, type Io } from './io.ts';

/** One JSON text; nothing where its bytes are no UTF-8. `line` counts from 1. */
export interface Document {
  readonly line?: number;
  readonly text: string | undefined;
}

/** What a file or stdin holds. */
export interface Input {
  /** As people call it in messages. */
  readonly name: string;
  /** True for NDJSON, where each document is a line. */
  readonly isLines: boolean;
  readonly documents: AsyncIterable<Document>;
}

interface Line {
  readonly line: number;
  readonly bytes: Uint8Array;
}

/**
 * Opens `file`; `-` is stdin. It holds lines if its name ends in .ndjson or .jsonl, or where the
 * first line, or the start of the second, is a JSON object of its own.
 */
export async function openInput(file: string, io: Io): Promise<Input> {
  if (file === '-' && io.stdinIsTerminal) {
    throw new CommandFailure(EXIT.usage, 'Name a file, or pipe something into this command.');
  }
  const name = file === '-' ? 'stdin' : file;
  const lines = linesOf(file === '-' ? io.stdin : createReadStream(file), name);
  const ahead: Line[] = [];
  let full = 0;
  while (full < 2) {
    const next = await lines.next();
    if (next.done === true) break;
    ahead.push(next.value);
    if (!isBlank(next.value)) full++;
  }
  if (full === 0) throw new CommandFailure(EXIT.data, `${name} is empty.`);
  const isLines =
    /\.(ndjson|jsonl)$/i.test(file) || looksLikeLines(ahead.filter((line) => !isBlank(line)));
  const all = chain(ahead, lines);
  return { name, isLines, documents: isLines ? eachLine(all) : whole(all) };
}

/** Opens each of `files`, stdin where there is none. */
export async function* openInputs(files: readonly string[], io: Io): AsyncGenerator<Input> {
  for (const file of files.length === 0 ? ['-'] : files) yield await openInput(file, io);
}

async function* linesOf(
  source: AsyncIterable<Uint8Array | string>,
  name: string,
): AsyncGenerator<Line> {
  let line = 0;
  let rest: Uint8Array[] = [];
  try {
    for await (const chunk of source) {
      let from = 0;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
        line++;
        yield { line, bytes: Buffer.concat([...rest, bytes.subarray(from, at)]) };
        rest = [];
        from = at + 1;
      }
      rest.push(bytes.subarray(from));
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    throw new CommandFailure(EXIT.reach, `Cannot read ${name}: ${why}.`);
  }
  yield { line: line + 1, bytes: Buffer.concat(rest) };
}

function isBlank({ bytes }: Line): boolean {
  return decode(bytes)?.trim() === '';
}

function looksLikeLines([first, second]: readonly Line[]): boolean {
  if (first === undefined || second === undefined) return false;
  return isObject(first.bytes) || decode(second.bytes)?.startsWith('{') === true;
}

function isObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(decode(bytes) ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

async function* chain(ahead: readonly Line[], rest: AsyncIterable<Line>): AsyncGenerator<Line> {
  yield* ahead;
  yield* rest;
}

async function* eachLine(lines: AsyncIterable<Line>): AsyncGenerator<Document> {
  for await (const line of lines) {
    if (!isBlank(line)) yield { line: line.line, text: decode(line.bytes)?.trim() };
  }
}

async function* whole(lines: AsyncIterable<Line>): AsyncGenerator<Document> {
  const parts: Uint8Array[] = [];
  for await (const { bytes } of lines) parts.push(bytes, NEWLINE);
  yield { text: decode(Buffer.concat(parts)) };
}

const NEWLINE = Buffer.from('\n');
