// Measurements of whole processes: memory during a long stream, and the start of the service.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const at = (path: string) => new URL(path, import.meta.url).pathname;

/** Time and memory of a stream of records. */
export interface Streamed {
  readonly count: number;
  readonly seconds: number;
  readonly peakMb: number;
}

/** Maps `count` records as NDJSON in a separate process. */
export async function stream(count: number): Promise<Streamed> {
  const child = spawn(process.execPath, [at('stream-child.ts'), String(count)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  for await (const chunk of child.stderr) output += String(chunk);
  const { exit, ...streamed } = JSON.parse(output) as Streamed & { exit: number };
  if (exit !== 0) throw new Error(`the stream ended with ${exit}`);
  return streamed;
}

/** A server in a separate process. */
export interface Running {
  readonly base: string;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** The service with a new store and one target, started from the command line. */
export async function startService(target: string): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ims-fhir-bench-'));
  const child = spawn(process.execPath, [at('../../src/cli/main.ts'), 'serve', '--json'], {
    env: {
      IMS_FHIR_DATA: dataDir,
      IMS_FHIR_PORT: '0',
      IMS_FHIR_LOG_LEVEL: 'silent',
      IMS_FHIR_TARGETS: JSON.stringify([{ name: 'bench', base: `${target}/fhir` }]),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { base } = JSON.parse(await firstLine(child)) as { base: string };
  const stop = async () => {
    await ended(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { base, pid: child.pid, stop };
}

/** A server of server-child.ts. */
export async function startServer(kind: 'plain' | 'instant' | 'silent'): Promise<Running> {
  const child = spawn(process.execPath, [at('server-child.ts'), kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { base: await firstLine(child), pid: child.pid, stop: () => ended(child) };
}

/** Milliseconds until the service was ready, and its memory at that time. */
export interface Started {
  readonly readyMs: number;
  /** Read from /proc; undefined on systems without it. */
  readonly rssMb: number | undefined;
}

/** Starts the service, waits until it is ready, and stops it. */
export async function start(): Promise<Started> {
  const startedAt = performance.now();
  const service = await startService('http://127.0.0.1:9');
  try {
    const answer = await fetch(`${service.base}/readyz`);
    if (!answer.ok) throw new Error(`not ready: ${answer.status}`);
    const readyMs = performance.now() - startedAt;
    return { readyMs, rssMb: rssMbOf(service.pid) };
  } finally {
    await service.stop();
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the output of the process is not piped');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('the process ended without output');
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

function rssMbOf(pid: number | undefined): number | undefined {
  try {
    const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1024;
  } catch {
    return undefined;
  }
}
