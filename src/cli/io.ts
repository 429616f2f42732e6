// What every command works with: input and output streams, exit codes and the error that ends a command.
import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Issue } from '../errors.ts';

/** Environment, streams and signals of the process; tests replace them. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Resolves when the process receives SIGINT or SIGTERM. */
  readonly stopped: () => Promise<void>;
}

/**
 * Exit codes. `data`: data was rejected or not found. `usage`: wrong arguments or settings.
 * `unavailable`: a server or file cannot be reached, read or written.
 */
export const EXIT = { ok: 0, data: 1, usage: 2, unavailable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Adds one command to the program; its action passes its exit code to `finish`. */
export type AddCommand = (
  program: Command,
  io: Io,
  finish: (exitCode: Promise<ExitCode>) => Promise<void>,
) => void;

/** Ends a command early. The message says what is wrong and what to do, without a patient value. */
export class CommandFailure extends Error {
  readonly exit: ExitCode;
  readonly issues: readonly Issue[];

  constructor(exit: ExitCode, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = 'CommandFailure';
    this.exit = exit;
    this.issues = issues;
  }
}

/** Writes a line and waits if the stream's buffer is full. */
export async function writeLine(stream: Writable, line = ''): Promise<void> {
  await write(stream, `${line}\n`);
}

/** Writes text or bytes and waits if the stream's buffer is full. */
export async function write(stream: Writable, content: string | Uint8Array): Promise<void> {
  if (stream.write(content)) return;
  await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'unknown host',
};

/** Why a file or a server cannot be used, from the code of a system error. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return REASONS[code] ?? code;
}
