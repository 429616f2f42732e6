// A trial run, for demo and for serve without settings: an in-memory FHIR server and a temporary store.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdapterSettings } from '../adapter.ts';
import { createSandbox } from '../sandbox/sandbox.ts';

/** The FHIR server and the store of a trial run. */
export interface Trial {
  /** Base URL of the FHIR server. */
  readonly base: string;
  /** Settings of an adapter that uses both. */
  readonly settings: Pick<AdapterSettings, 'store' | 'targets'>;
  /** Stops the server and deletes the store. */
  close(): Promise<void>;
}

/** Starts the FHIR server on a free port and creates a temporary directory for the store. */
export async function startTrial(): Promise<Trial> {
  const directory = await mkdtemp(join(tmpdir(), 'ims-fhir-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    const sandbox = await createSandbox();
    const { base } = sandbox;
    return {
      base,
      settings: {
        store: { path: join(directory, 'store.sqlite') },
        targets: [{ name: 'sandbox', base, auth: { kind: 'none' } }],
      },
      async close() {
        await sandbox.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
