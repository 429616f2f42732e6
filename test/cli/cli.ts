import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/run.ts';

const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

/** What a command line came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command line finds around it. */
export interface Around {
  readonly stdin?: string | Buffer;
  readonly env?: Record<string, string>;
  readonly stopped?: () => Promise<void>;
  readonly stdoutIsTerminal?: boolean;
}

/** Runs a command line in this process. */
export async function cli(args: readonly string[], around: Around = {}): Promise<Ran> {
  const { stdin, env = {}, stopped = () => Promise.resolve(), stdoutIsTerminal = false } = around;
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    env,
    stdin: Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]),
    stdinIsTerminal: stdin === undefined,
    stdoutIsTerminal,
    stdout: collect(out),
    stderr: collect(err),
    stopped,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

function collect(into: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      into.push(String(chunk));
      done();
    },
  });
}

/** A file with `content` that is gone when the test is. */
export function fileOf(name: string, content: string | Buffer): string {
  const directory = mkdtempSync(join(tmpdir(), 'ims-cli-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

/** A command line in a process of its own. */
export interface Spawned {
  readonly child: ChildProcess;
  /** Resolves when what was said on stdout or stderr matches. */
  saw(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ran>;
}

/** Starts `file` of src/cli with this Node. */
export function start(
  file: 'main.ts' | 'bin.ts',
  args: readonly string[],
  { env = {}, flags = [] }: { env?: Record<string, string>; flags?: readonly string[] } = {},
): Spawned {
  const child = spawn(NODE, [...flags, join(ROOT, 'src/cli', file), ...args], {
    env: { PATH: process.env.PATH ?? '', TMPDIR: tmpdir(), ...env },
  });
  let [stdout, stderr] = ['', ''];
  let look: () => void = () => undefined;
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    look();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    look();
  });
  const ended = new Promise<Ran>((resolve) => {
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
  const saw = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      look = () => {
        const found = pattern.exec(stdout + stderr);
        if (found !== null) resolve(found);
      };
      child.on('close', () => reject(new Error(`ended before: ${stdout}${stderr}`)));
      look();
    });
  return { child, saw, ended };
}
