// HAPI's JPA server as a Java process, and requests to it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Bundle, Resource } from '@medplum/fhirtypes';

const DEFINITIONS = join(import.meta.dirname, '../../profiles/fsh-generated/resources');

/** A running FHIR server. It ends when its input ends, and so with its parent. */
export interface FhirServer {
  readonly base: string;
  /** All resources of a type that a search finds, over all pages. */
  all(type: string, query?: string): Promise<Resource[]>;
  /** Writes a resource like another program. */
  put(resource: Resource): Promise<void>;
  close(): Promise<void>;
}

/** Starts an empty server; with `validating`, our definitions are installed and invalid resources rejected. */
export async function startServer(
  classPath: string,
  { validating }: { validating: boolean },
): Promise<FhirServer> {
  const args = ['-Xmx2g', '-cp', classPath, 'org.imsfhir.interop.Server'];
  const folder = validating ? [DEFINITIONS] : [];
  const child = spawn('java', [...args, ...folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { value: base } = await createInterface({ input: child.stdout })
    [Symbol.asyncIterator]()
    .next();
  if (base === undefined) throw new Error('the server ended during its start');
  // The first CapabilityStatement takes a while.
  await fetchJson(`${base}/metadata`);
  return {
    base,
    async all(type, query = '') {
      const found: Resource[] = [];
      let next: string | undefined = `${base}/${type}?_count=200${query}`;
      while (next !== undefined) {
        const page = (await fetchJson(next)) as Bundle;
        found.push(...(page.entry ?? []).flatMap(({ resource }) => resource ?? []));
        next = page.link?.find(({ relation }) => relation === 'next')?.url;
      }
      return found;
    },
    async put(resource) {
      const address = `${base}/${resource.resourceType}/${resource.id}`;
      await fetchJson(address, { method: 'PUT', body: JSON.stringify(resource) });
    },
    async close() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}

async function fetchJson(address: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/fhir+json', 'cache-control': 'no-cache' };
  const answer = await fetch(address, { ...init, headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text.slice(0, 2000)}`);
  return JSON.parse(text);
}
