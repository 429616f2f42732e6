import { typeAndId } from '../../fhir/reference.ts';
import { CORE } from '../compile/definition-index.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';

/** Kinds of bundle whose entries need no address. */
const UNADDRESSED = new Set(['batch', 'transaction', 'batch-response', 'transaction-response']);

/**
 * Types of a bundle's entries by fullUrl and by `Type/id`, for references between them. Tells on the
 * way where a fullUrl is missing, is no address, or is that of another resource.
 */
export function entriesOf(
  bundle: JsonObject,
  { report }: ValidationContext,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const entries = bundle.entry;
  const list = Array.isArray(entries) ? (entries as readonly Json[]) : [];
  const mustHave = !UNADDRESSED.has(String(bundle.type));
  for (const [index, entry] of list.entries()) {
    const resource = isObject(entry) ? entry.resource : undefined;
    const fullUrl = isObject(entry) ? entry.fullUrl : undefined;
    if (!isObject(resource)) continue;
    const { resourceType: type, id } = resource;
    if (typeof type !== 'string') continue;
    if (typeof id === 'string') found.set(`${type}/${id}`, type);
    if (typeof fullUrl === 'string') found.set(fullUrl, type);
    const message = faultOf(fullUrl, resource, mustHave);
    if (message === undefined) continue;
    report.enter(`.entry[${index}]`);
    report.add({ kind: 'bundle', message, source: `${CORE}Bundle` });
    report.leave();
  }
  return found;
}

function faultOf(
  fullUrl: Json | undefined,
  { resourceType: type, id }: JsonObject,
  mustHave: boolean,
): string | undefined {
  if (typeof fullUrl !== 'string') return mustHave ? 'must have a fullUrl' : undefined;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(fullUrl)) return 'has a fullUrl that is no absolute URL';
  const named = /^https?:/.test(fullUrl) ? typeAndId(fullUrl) : undefined;
  const fits = named === undefined || (named.type === type && named.id === id);
  return fits ? undefined : 'has a fullUrl with another type or id than its resource';
}
