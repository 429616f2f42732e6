// All examples of the folder: a new example is a new folder and needs no code.
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { mapRecord } from '../../src/adapter.ts';
import { casesIn, recordOf } from '../golden/cases.ts';

export { recordOf };

const EXAMPLES = new URL('../../examples/', import.meta.url);

/** The examples of the package. */
export const cases = casesIn(EXAMPLES);

/** The mapped example whose folder begins with `prefix`. */
export function bundleOf(prefix: string): Bundle {
  const found = cases.find(({ name }) => name.startsWith(prefix));
  if (found === undefined) throw new Error(`there is no example ${prefix}`);
  return mapRecord(recordOf(found)).bundle;
}

/** The resources of one type, in the order of the bundle. */
export function resourcesOf<T extends Resource>(bundle: Bundle, type: T['resourceType']): T[] {
  return (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as T] : [],
  );
}

/** The lines of a narrative as a clinician reads it, headings included. */
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
