import { typeAndId } from '../fhir/reference.ts';
import { isObject, type Json, type JsonObject, own } from './json.ts';
import { CORE } from './library.ts';
import type { Run } from './run.ts';

/**
 * Types of a bundle's entries by fullUrl and by `Type/id`, for references between them. Tells on the
 * way when a fullUrl names another id than its resource has.
 */
export function entriesOf(bundle: JsonObject, { report }: Run): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const entries = own(bundle, 'entry');
  for (const [index, entry] of (Array.isArray(entries)
    ? (entries as readonly Json[])
    : []
  ).entries()) {
    const resource = isObject(entry) ? own(entry, 'resource') : undefined;
    const fullUrl = isObject(entry) ? own(entry, 'fullUrl') : undefined;
    if (!isObject(resource)) continue;
    const { resourceType: type, id } = resource;
    if (typeof type !== 'string') continue;
    if (typeof id === 'string') found.set(`${type}/${id}`, type);
    if (typeof fullUrl !== 'string') continue;
    found.set(fullUrl, type);
    if (isAtOdds(fullUrl, id)) {
      report.enter(`.entry[${index}]`);
      const message = 'has a fullUrl with another id than its resource';
      report.add({ kind: 'bundle', message, source: `${CORE}Bundle` });
      report.leave();
    }
  }
  return found;
}

function isAtOdds(fullUrl: string, id: Json | undefined): boolean {
  const named = /^https?:/.test(fullUrl) ? typeAndId(fullUrl) : undefined;
  return named !== undefined && typeof id === 'string' && named.id !== id;
}
