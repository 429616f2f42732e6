// HAPI's JPA server as a process, and what a test asks it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Bundle, Resource } from '@medplum/fhirtypes';

const DEFINITIONS = join(import.meta.dirname, '../../profiles/fsh-generated/resources');

/** A FHIR server that is not ours. It ends with its parent: its input is then at its end. */
export interface FhirServer {
  readonly base: string;
  /** Everything of a type that a search gives, page after page. */
  all(type: string, query?: string): Promise<Resource[]>;
  /** Writes a resource as any other program would. */
  put(resource: Resource): Promise<void>;
  close(): Promise<void>;
}

/** Starts the server, empty; `validating` with our definitions installed and its validator on. */
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
  if (base === undefined) throw new Error('the server ended before it answered');
  // Its first statement of capabilities takes a while to make.
  await ask(`${base}/metadata`);
  return {
    base,
    async all(type, query = '') {
      const found: Resource[] = [];
      let next: string | undefined = `${base}/${type}?_count=200${query}`;
      while (next !== undefined) {
        const page = (await ask(next)) as Bundle;
        found.push(...(page.entry ?? []).flatMap(({ resource }) => resource ?? []));
        next = page.link?.find(({ relation }) => relation === 'next')?.url;
      }
      return found;
    },
    async put(resource) {
      const address = `${base}/${resource.resourceType}/${resource.id}`;
      await ask(address, { method: 'PUT', body: JSON.stringify(resource) });
    },
    async close() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

async function ask(address: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/fhir+json', 'cache-control': 'no-cache' };
  const answer = await fetch(address, { ...init, headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text.slice(0, 2000)}`);
  return JSON.parse(text);
}
