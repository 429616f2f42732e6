// What a command has to do with the world outside, and how it says that it cannot go on.

import type { Writable } from 'node:stream';
import type { Command } from 'commander';

/** A command's surroundings. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Resolves when the process is told to stop. */
  readonly stopped: () => Promise<void>;
}

/** Exit codes: done; data refused or not found; wrong use or settings; something cannot be reached. */
export const EXIT = { ok: 0, data: 1, usage: 2, reach: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Adds one command to the program; `finish` takes what its action comes to. */
export type AddCommand = (
  program: Command,
  io: Io,
  finish: (work: Promise<ExitCode>) => Promise<void>,
) => void;

/** Why a command ends early, in a sentence that says what to do. */
export class CommandFailure extends Error {
  readonly exit: ExitCode;

  constructor(exit: ExitCode, message: string) {
    super(message);
    this.name = 'CommandFailure';
    this.exit = exit;
  }
}

/** Writes a line and waits where the reader is slow. */
export async function say(stream: Writable, line = ''): Promise<void> {
  if (stream.write(`${line}\n`)) return;
  await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
}
