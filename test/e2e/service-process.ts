// The service as a child process that tests kill at chosen moments.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..');

/** A running service; `kill` ends it at once, like a power cut. */
export interface ServiceProcess {
  readonly base: string;
  kill(): Promise<void>;
}

/** Starts `ims-fhir serve` on a free port with one target and its store in `dataDir`. */
export async function startService(options: {
  dataDir: string;
  target: string;
}): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      IMS_FHIR_PORT: '0',
      IMS_FHIR_DATA: options.dataDir,
      IMS_FHIR_LOG_LEVEL: 'silent',
      IMS_FHIR_TARGETS: JSON.stringify([{ name: 'emr', base: options.target }]),
    },
  });
  const base = await listening(child);
  return {
    base,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the service has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const { base } = JSON.parse(line) as { base: string };
    child.stdout.resume();
    return base;
  }
  throw new Error('the service ended before it listened');
}
