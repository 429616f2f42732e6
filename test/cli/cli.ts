import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/run.ts';

const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

/** Exit code and output of a command. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Environment and input of a command. */
export interface CliContext {
  readonly stdin?: string | Buffer;
  readonly env?: Record<string, string>;
  readonly stopped?: () => Promise<void>;
  readonly stdoutIsTerminal?: boolean;
}

/** Runs a command in this process. */
export async function cli(args: readonly string[], context: CliContext = {}): Promise<CliResult> {
  const { stdin, env = {}, stopped = () => Promise.resolve(), stdoutIsTerminal = false } = context;
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

/** Creates a temporary file with `content`, deleted at the end of the test. */
export function fileOf(name: string, content: string | Buffer): string {
  const directory = mkdtempSync(join(tmpdir(), 'ims-cli-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

/** A command running in a separate process. */
export interface CliProcess {
  readonly child: ChildProcess;
  /** Resolves when stdout and stderr so far match. */
  output(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<CliResult>;
}

/** Starts `file` of src/cli with the Node of the project. */
export function start(
  file: 'main.ts' | 'bin.ts',
  args: readonly string[],
  { env = {}, flags = [] }: { env?: Record<string, string>; flags?: readonly string[] } = {},
): CliProcess {
  const child = spawn(NODE, [...flags, join(ROOT, 'src/cli', file), ...args], {
    env: { PATH: process.env.PATH ?? '', TMPDIR: tmpdir(), ...env },
  });
  let [stdout, stderr] = ['', ''];
  let check: () => void = () => undefined;
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    check();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    check();
  });
  const ended = new Promise<CliResult>((resolve) => {
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
  const output = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      check = () => {
        const found = pattern.exec(stdout + stderr);
        if (found !== null) resolve(found);
      };
      child.on('close', () => reject(new Error(`ended before it matched: ${stdout}${stderr}`)));
      check();
    });
  return { child, output, ended };
}
