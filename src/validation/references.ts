import { parseReference } from '../fhir/reference.ts';
import { isObject, type Json, type JsonObject, own } from './json.ts';
import { CORE } from './library.ts';
import type { Run } from './run.ts';

/** Checks that a reference leads to a type it may lead to. `targets` are canonicals. */
export function checkReference(
  value: JsonObject,
  targets: readonly string[] | undefined,
  run: Run,
  source: string,
): void {
  checkPresence(value, run);
  if (targets === undefined || targets.length === 0) return;
  const type = targetType(value, run);
  if (type === undefined || targets.some((target) => isTarget(target, type, run))) return;
  const message = `leads to a type that it may not lead to`;
  run.report.add({ kind: 'target', message, source });
}

/** A `urn:uuid` or `urn:oid` has no meaning but as the fullUrl of an entry of the same bundle. */
function checkPresence(value: JsonObject, { entries, report }: Run): void {
  const reference = own(value, 'reference');
  if (entries === undefined || typeof reference !== 'string' || !/^urn:/.test(reference)) return;
  if (entries.has(reference)) return;
  const message = 'refers to an entry that the bundle does not have';
  report.add({ kind: 'reference', message, source: `${CORE}Bundle` });
}

function isTarget(target: string, type: string, { library }: Run): boolean {
  if (target === `${CORE}Resource` || target === CORE + type) return true;
  return library.structure(target)?.type === type;
}

/** The type of what a reference leads to; undefined where nothing tells it. */
function targetType(value: JsonObject, run: Run): string | undefined {
  const reference = own(value, 'reference');
  const said = own(value, 'type');
  if (typeof reference === 'string') {
    const entry = run.entries?.get(reference);
    if (entry !== undefined) return entry;
    const parsed = parseReference(reference);
    if (parsed.kind === 'contained') return containedType(parsed.id, run);
    if (parsed.kind === 'relative' || parsed.kind === 'absolute') {
      // A last but one part of a URL that is no type of R4 says nothing.
      if (run.library.type(parsed.type)?.kind === 'resource') return parsed.type;
    }
    if (parsed.kind === 'conditional') return parsed.type;
  }
  return typeof said === 'string' ? said : undefined;
}

function containedType(id: string, { scope }: Run): string | undefined {
  const root = scope.root as Json;
  const contained = isObject(root) ? own(root, 'contained') : undefined;
  if (!Array.isArray(contained)) return undefined;
  const found = (contained as readonly Json[]).find((one) => isObject(one) && one.id === id);
  const type = isObject(found) ? own(found, 'resourceType') : undefined;
  return typeof type === 'string' ? type : undefined;
}
