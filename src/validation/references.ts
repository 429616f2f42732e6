import { parseReference } from '../fhir/reference.ts';
import type { Json, JsonObject } from './json.ts';
import { CORE } from './library.ts';
import type { Run } from './run.ts';

/** Checks that a reference leads to a type it may lead to. `targets` are canonicals. */
export function checkReference(
  value: JsonObject,
  targets: readonly string[] | undefined,
  run: Run,
  source: string,
): void {
  checkForm(value, run);
  if (targets === undefined || targets.length === 0) return;
  const literal = literalType(value, run);
  const said = value.type;
  const types = typesOf(targets, run);
  if (types.has('Resource') || (fits(literal, types) && fits(said, types))) return;
  run.report.add({ kind: 'target', message: 'leads to a type that it may not lead to', source });
}

function fits(type: Json | undefined, types: ReadonlySet<string>): boolean {
  return typeof type !== 'string' || types.has(type);
}

/** A `urn:uuid` or `urn:oid` has no meaning but as the fullUrl of an entry of the same bundle. */
function checkForm(value: JsonObject, { entries, report }: Run): void {
  const reference = value.reference;
  if (typeof reference !== 'string') return;
  if (/\s/.test(reference)) {
    const message = 'is no reference: there is a blank in it';
    report.add({ kind: 'reference', message, source: `${CORE}Reference` });
  }
  if (entries === undefined || !reference.startsWith('urn:') || entries.has(reference)) return;
  const message = 'refers to an entry that the bundle does not have';
  report.add({ kind: 'reference', severity: 'warning', message, source: `${CORE}Bundle` });
}

const allowed = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Names of the types that targets stand for; `Resource` for any. */
function typesOf(targets: readonly string[], { library }: Run): ReadonlySet<string> {
  const known = allowed.get(targets);
  if (known !== undefined) return known;
  const made = new Set(targets.map((target) => library.structure(target)?.type ?? target));
  allowed.set(targets, made);
  return made;
}

/** The type that a literal reference tells of what it leads to; undefined where it tells none. */
function literalType(value: JsonObject, run: Run): string | undefined {
  const reference = value.reference;
  if (typeof reference !== 'string') return undefined;
  const entry = run.entries?.get(reference);
  if (entry !== undefined) return entry;
  const parsed = parseReference(reference);
  if (parsed.kind === 'contained') return containedType(parsed.id, run);
  if (parsed.kind === 'conditional') return parsed.type;
  // A last but one part of a URL that is no type of R4 says nothing.
  const isPath = parsed.kind === 'relative' || parsed.kind === 'absolute';
  return isPath && run.library.type(parsed.type)?.kind === 'resource' ? parsed.type : undefined;
}

function containedType(id: string, { scope }: Run): string | undefined {
  const type = scope.contained?.get(id)?.resourceType;
  return typeof type === 'string' ? type : undefined;
}
