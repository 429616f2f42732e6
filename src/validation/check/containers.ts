// Checks resources that contain others: contained resources and the entries of a Bundle.
import { typeAndId } from '../../fhir/reference.ts';
import { CORE } from '../compile/definition-index.ts';
import { unreferencedContained } from '../compile/native-rules.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';

/**
 * Checks that each contained resource has a unique id and is referenced. A violation of R4's dom-3 is
 * reported at the contained resource and not at its container.
 */
export function checkContained(resource: JsonObject, { report }: ValidationContext): void {
  const contained = resource.contained;
  if (!Array.isArray(contained)) return;
  const source = `${CORE}DomainResource`;
  const unreferenced = new Set(unreferencedContained(resource));
  const ids = new Set<Json>();
  report.enter('.contained');
  for (const [index, inner] of (contained as readonly Json[]).entries()) {
    const id = isObject(inner) ? inner.id : undefined;
    report.enter(index);
    if (id === undefined) {
      report.add({ kind: 'min', message: 'must have an id', source });
    } else if (ids.has(id)) {
      const message = 'must have an id that no other contained resource has';
      report.add({ kind: 'reference', message, source });
    }
    if (id !== undefined) ids.add(id);
    if (unreferenced.has(index)) {
      const message = 'must be referenced by the resource that contains it, or reference it';
      report.add({ kind: 'invariant', rule: 'dom-3', message, source });
    }
    report.leave();
  }
  report.leave();
}

/** Types of Bundle whose entries need no fullUrl. */
const WITHOUT_FULL_URL = new Set([
  'batch',
  'transaction',
  'batch-response',
  'transaction-response',
]);

/**
 * Resource types of the entries of a Bundle, by fullUrl and by `Type/id`, for references between them.
 * Reports each fullUrl that is missing, not absolute, or that of another resource.
 */
export function entryTypesOf(
  bundle: JsonObject,
  { report }: ValidationContext,
): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  const entries = Array.isArray(bundle.entry) ? (bundle.entry as readonly Json[]) : [];
  const isRequired = !WITHOUT_FULL_URL.has(String(bundle.type));
  for (const [index, entry] of entries.entries()) {
    const resource = isObject(entry) ? entry.resource : undefined;
    const fullUrl = isObject(entry) ? entry.fullUrl : undefined;
    if (!isObject(resource)) continue;
    const { resourceType: type, id } = resource;
    if (typeof type !== 'string') continue;
    if (typeof id === 'string') types.set(`${type}/${id}`, type);
    if (typeof fullUrl === 'string') types.set(fullUrl, type);
    const message = fullUrlFault(fullUrl, resource, isRequired);
    if (message === undefined) continue;
    report.enter(`.entry[${index}]`);
    report.add({ kind: 'bundle', message, source: `${CORE}Bundle` });
    report.leave();
  }
  return types;
}

function fullUrlFault(
  fullUrl: Json | undefined,
  { resourceType: type, id }: JsonObject,
  isRequired: boolean,
): string | undefined {
  if (typeof fullUrl !== 'string') return isRequired ? 'fullUrl is required' : undefined;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(fullUrl)) return 'fullUrl must be an absolute URL';
  const target = /^https?:/.test(fullUrl) ? typeAndId(fullUrl) : undefined;
  const isSameResource = target === undefined || (target.type === type && target.id === id);
  return isSameResource ? undefined : 'fullUrl must have the type and id of the resource';
}
