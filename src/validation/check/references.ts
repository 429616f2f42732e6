// Checks the format and the target type of references.
import { parseReference } from '../../fhir/reference.ts';
import { CORE } from '../compile/definition-index.ts';
import type { ReferenceTargets } from '../compile/type-plans.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';

/** Checks the format of a reference and the type that it points to. */
export function checkReference(
  reference: JsonObject,
  { targets, source }: ReferenceTargets,
  context: ValidationContext,
): void {
  checkFormat(reference, context);
  if (targets === undefined || targets.length === 0) return;
  const types = typesOf(targets, context);
  if (types.has('Resource')) return;
  if (isAllowed(literalType(reference, context), types) && isAllowed(reference.type, types)) return;
  const message = 'references a resource type that is not allowed';
  context.report.add({ kind: 'target', message, source });
}

function isAllowed(type: Json | undefined, types: ReadonlySet<string>): boolean {
  return typeof type !== 'string' || types.has(type);
}

/** A `urn:uuid` or `urn:oid` can only be the fullUrl of an entry in the same Bundle. */
function checkFormat(value: JsonObject, { entryTypes, report }: ValidationContext): void {
  const reference = value.reference;
  if (typeof reference !== 'string') return;
  if (/\s/.test(reference)) {
    const message = 'reference must not contain white space';
    report.add({ kind: 'reference', message, source: `${CORE}Reference` });
  }
  if (entryTypes === undefined || !reference.startsWith('urn:') || entryTypes.has(reference)) {
    return;
  }
  const message = 'references an entry that is not in the Bundle';
  report.add({ kind: 'reference', severity: 'warning', message, source: `${CORE}Bundle` });
}

const allowedTypes = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Type names of target canonicals; `Resource` for any type. */
function typesOf(
  targets: readonly string[],
  { definitions }: ValidationContext,
): ReadonlySet<string> {
  const cached = allowedTypes.get(targets);
  if (cached !== undefined) return cached;
  const types = new Set(targets.map((target) => definitions.structure(target)?.type ?? target));
  allowedTypes.set(targets, types);
  return types;
}

/** The resource type in a literal reference; undefined when it lacks one. */
function literalType(value: JsonObject, context: ValidationContext): string | undefined {
  const reference = value.reference;
  if (typeof reference !== 'string') return undefined;
  const entryType = context.entryTypes?.get(reference);
  if (entryType !== undefined) return entryType;
  const parsed = parseReference(reference);
  if (parsed.kind === 'contained') return containedType(parsed.id, context);
  if (parsed.kind === 'conditional') return parsed.type;
  // A path segment that only looks like a type name says nothing.
  const hasType = parsed.kind === 'relative' || parsed.kind === 'absolute';
  return hasType && context.definitions.type(parsed.type)?.kind === 'resource'
    ? parsed.type
    : undefined;
}

function containedType(id: string, { evaluation }: ValidationContext): string | undefined {
  const type = evaluation.contained?.get(id)?.resourceType;
  return typeof type === 'string' ? type : undefined;
}
