// Files and stdin as documents: one JSON document, or NDJSON with one document per line. Lines are read
// as a stream, so that memory does not limit the size of a file.
import { createReadStream } from 'node:fs';
import { errorIssue } from '../errors.ts';
import { type ReadResult, readRecordText } from '../ims/reader/read.ts';
import { decode } from '../service/body.ts';
import { CommandFailure, EXIT, type Io, systemReason } from './io.ts';

/** One JSON text; undefined if its bytes are not UTF-8. `line` counts from 1. */
export interface Document {
  readonly line?: number;
  readonly text: string | undefined;
}

/** A file or stdin. */
export interface Input {
  /** Its name in messages. */
  readonly name: string;
  /** True for NDJSON. */
  readonly isLines: boolean;
  readonly documents: AsyncIterable<Document>;
}

/** The issue of a document whose bytes are not UTF-8. */
export const NOT_UTF8 = errorIssue('encoding', '', 'must be UTF-8; save the file as UTF-8 first');

/** Reads a document as a record. */
export function readDocument({ text }: Document): ReadResult {
  return text === undefined ? { ok: false, issues: [NOT_UTF8] } : readRecordText(text);
}

interface Line {
  readonly line: number;
  readonly bytes: Uint8Array;
}

/**
 * Opens `file`; `-` is stdin. It is read as NDJSON if its name ends in .ndjson or .jsonl, or if its
 * first line is a complete JSON object, or if its second line starts with `{`.
 */
export async function openInput(file: string, io: Io): Promise<Input> {
  if (file === '-' && io.stdinIsTerminal) {
    throw new CommandFailure(EXIT.usage, 'No input: name a file, or pipe data into this command.');
  }
  const name = file === '-' ? 'stdin' : file;
  const chunks = chunksOf(file === '-' ? io.stdin : createReadStream(file), name);
  const seen: Uint8Array[] = [];
  const firstLines = linesOf(recorded(chunks, seen));
  const first: Line[] = [];
  while (first.length < 2) {
    const next = await firstLines.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  if (first.length === 0) throw new CommandFailure(EXIT.data, `${name} is empty.`);
  const isLines = /\.(ndjson|jsonl)$/i.test(file) || looksLikeLines(first);
  const all = concat(seen, chunks);
  return { name, isLines, documents: isLines ? documentPerLine(all) : singleDocument(all) };
}

/** Opens each of `files`, or stdin if there are none. */
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
    throw new CommandFailure(EXIT.unavailable, `Cannot read ${name}: ${systemReason(error)}.`);
  }
}

/** The same chunks, each also added to `seen`. Leaves `chunks` open when it is abandoned. */
async function* recorded(
  chunks: AsyncIterator<Uint8Array>,
  seen: Uint8Array[],
): AsyncGenerator<Uint8Array> {
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    seen.push(next.value);
    yield next.value;
  }
}

/** The lines that are not blank. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let line = 1;
  let parts: Uint8Array[] = [];
  for await (const bytes of chunks) {
    for (let start = 0; start < bytes.length; ) {
      // Skipped byte by byte without creating objects: a file may have millions of blank lines.
      if (parts.length === 0 && isBlankByte(bytes[start])) {
        if (bytes[start] === NEWLINE) line++;
        start++;
        continue;
      }
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline < 0 ? bytes.length : newline;
      parts.push(bytes.subarray(start, end));
      start = end;
      if (newline < 0) continue;
      const complete = { line, bytes: Buffer.concat(parts) };
      parts = [];
      if (!isBlank(complete)) yield complete;
    }
  }
  const last = { line, bytes: Buffer.concat(parts) };
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

async function* concat(
  seen: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* seen;
  yield* rest;
}

async function* documentPerLine(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Document> {
  for await (const { line, bytes } of linesOf(chunks)) yield { line, text: decode(bytes)?.trim() };
}

async function* singleDocument(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Document> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  yield { text: decode(Buffer.concat(parts)) };
}
