// The examples, found by walking the folder: a new case is a new folder, no code.
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { mapRecord } from '../../src/adapter.ts';
import { casesIn, recordOf } from '../golden/cases.ts';

export { recordOf };

const EXAMPLES = new URL('../../examples/', import.meta.url);

/** The examples that the package carries. */
export const cases = casesIn(EXAMPLES);

/** The mapped example whose folder begins with `prefix`. */
export function bundleOf(prefix: string): Bundle {
  const found = cases.find(({ name }) => name.startsWith(prefix));
  if (found === undefined) throw new Error(`no example ${prefix}`);
  return mapRecord(recordOf(found)).bundle;
}

/** The resources of one type, in the order they are written. */
export function resourcesOf<T extends Resource>(bundle: Bundle, type: T['resourceType']): T[] {
  return (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as T] : [],
  );
}

/** What a clinician reads: the lines of a narrative, headings included. */
export function linesOf(resource: Resource | undefined): string[] {
  const div = (resource as { text?: { div?: string } } | undefined)?.text?.div ?? '';
  return div
    .replace(/<\/p>|<br \/>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .filter((line) => line !== '');
}
