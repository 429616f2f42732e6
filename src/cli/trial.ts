// A trial run: a FHIR server and a store that end with the process.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../sandbox/sandbox.ts';

/** What a trial run works with. */
export interface Trial {
  /** Address of the FHIR server. */
  readonly base: string;
  /** File of the store. */
  readonly path: string;
  /** Ends the server and removes the file. */
  close(): Promise<void>;
}

/** Starts the FHIR server on a free port and makes a directory for the store. */
export async function startTrial(): Promise<Trial> {
  const directory = await mkdtemp(join(tmpdir(), 'ims-fhir-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    const sandbox = await createSandbox();
    const close = async () => {
      await sandbox.close();
      await remove();
    };
    return { base: sandbox.base, path: join(directory, 'store.sqlite'), close };
  } catch (error) {
    await remove();
    throw error;
  }
}
