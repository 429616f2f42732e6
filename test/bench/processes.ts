// What only a whole process shows: memory over a long stream, and how fast the service is there.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const at = (path: string) => new URL(path, import.meta.url).pathname;

/** What a stream of records took. */
export interface Streamed {
  readonly count: number;
  readonly seconds: number;
  readonly peakMb: number;
}

/** Maps `count` records as lines in a process of its own. */
export async function stream(count: number): Promise<Streamed> {
  const child = spawn(process.execPath, [at('stream-child.ts'), String(count)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const chunk of child.stderr) said += String(chunk);
  const { exit, ...streamed } = JSON.parse(said) as Streamed & { exit: number };
  if (exit !== 0) throw new Error(`the stream ended with ${exit}`);
  return streamed;
}

/** Milliseconds until the service answered that it is ready, and its memory then. */
export interface Started {
  readonly readyMs: number;
  /** Undefined where the machine does not tell (it is read from /proc). */
  readonly rssMb: number | undefined;
}

/** Starts the service with a store and a target of its own, asks whether it is ready, ends it. */
export async function start(): Promise<Started> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ims-fhir-bench-'));
  const target = { name: 'nobody', base: 'http://127.0.0.1:9/fhir' };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [at('../../src/cli/main.ts'), 'serve', '--json'], {
    env: {
      IMS_FHIR_DATA: dataDir,
      IMS_FHIR_PORT: '0',
      IMS_FHIR_LOG_LEVEL: 'silent',
      IMS_FHIR_TARGETS: JSON.stringify([target]),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { base } = JSON.parse(await firstLine(child.stdout)) as { base: string };
    const answer = await fetch(`${base}/readyz`);
    if (!answer.ok) throw new Error(`not ready: ${answer.status}`);
    const readyMs = performance.now() - startedAt;
    return { readyMs, rssMb: rssMbOf(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function firstLine(source: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: source })) return line;
  throw new Error('the service said nothing');
}

function rssMbOf(pid: number | undefined): number | undefined {
  try {
    const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1024;
  } catch {
    return undefined;
  }
}
