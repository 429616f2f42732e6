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
  const chunks = chunksOf(file === '-' ? io.stdin : createReadStream(file), name);
  const seen: Uint8Array[] = [];
  const ahead = linesOf(recorded(chunks, seen));
  const first: Line[] = [];
  while (first.length < 2) {
    const next = await ahead.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  if (first.length === 0) throw new CommandFailure(EXIT.data, `${name} is empty.`);
  const isLines = /\.(ndjson|jsonl)$/i.test(file) || looksLikeLines(first);
  const all = chain(seen, chunks);
  return { name, isLines, documents: isLines ? eachLine(linesOf(all)) : whole(all) };
}

/** Opens each of `files`, stdin where there is none. */
export async function* openInputs(files: readonly string[], io: Io): AsyncGenerator<Input> {
  for (const file of files.length === 0 ? ['-'] : files) yield await openInput(file, io);
}

async function* chunksOf(
  source: AsyncIterable<Uint8Array | string>,
  name: string,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of source) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    throw new CommandFailure(EXIT.reach, `Cannot read ${name}: ${why}.`);
  }
}

/** The same chunks, each put into `seen` as well. */
async function* recorded(
  chunks: AsyncIterator<Uint8Array>,
  seen: Uint8Array[],
): AsyncGenerator<Uint8Array> {
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    seen.push(next.value);
    yield next.value;
  }
}

/** The lines that hold something. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let line = 1;
  let rest: Uint8Array[] = [];
  for await (const bytes of chunks) {
    for (let from = 0; from < bytes.length; ) {
      // A file may hold millions of blank lines: nothing is made of them.
      if (rest.length === 0 && isBlankByte(bytes[from])) {
        if (bytes[from] === NEWLINE) line++;
        from++;
        continue;
      }
      const found = bytes.indexOf(NEWLINE, from);
      const end = found < 0 ? bytes.length : found;
      rest.push(bytes.subarray(from, end));
      from = end;
      if (found < 0) continue;
      const held = { line, bytes: Buffer.concat(rest) };
      rest = [];
      if (!isBlank(held)) yield held;
    }
  }
  const last = { line, bytes: Buffer.concat(rest) };
  if (!isBlank(last)) yield last;
}

const NEWLINE = 10;

/** True for a space, tab or line break. */
function isBlankByte(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);
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

async function* chain(
  seen: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* seen;
  yield* rest;
}

async function* eachLine(lines: AsyncIterable<Line>): AsyncGenerator<Document> {
  for await (const { line, bytes } of lines) yield { line, text: decode(bytes)?.trim() };
}

async function* whole(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Document> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  yield { text: decode(Buffer.concat(parts)) };
}
