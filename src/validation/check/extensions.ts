import { CORE, type DefinitionIndex } from '../compile/definition-index.ts';
import type { ProfilePlan } from '../compile/profile-plans.ts';
import { isObject, isValued, type Json, type JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';
import { applyPlan } from './profiles.ts';

const EXTENSION = `${CORE}Extension`;
/** How an absolute url begins. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Checks an extension against its definition, and whether it may stand where it stands. `place` are
 * the names of the element that has it. The parts of a complex extension are checked with the whole.
 */
export function checkExtension(
  value: JsonObject,
  place: ReadonlySet<string>,
  { run, isModifier }: { run: ValidationContext; isModifier: boolean },
): void {
  const url = value.url;
  const hasValue = isValued(value);
  const hasParts = value.extension !== undefined;
  if (hasValue === hasParts) {
    const message = 'must have either a value or extensions, not both';
    run.report.add({ kind: 'invariant', rule: 'ext-1', message, source: EXTENSION });
  }
  if (typeof url !== 'string' || !SCHEME.test(url)) return;
  const plan = run.profiles.of(url);
  if (plan === undefined || plan.type !== 'Extension') {
    unknown(url, isModifier, run);
    return;
  }
  if (!fits(plan, place)) {
    run.report.add({ kind: 'context', message: `${url} may not stand here`, source: plan.url });
  }
  applyPlan(value, plan, run);
  checkParts(value, plan, run);
}

function fits({ context }: ProfilePlan, place: ReadonlySet<string>): boolean {
  if (context === undefined) return true;
  for (const { type, expression } of context) {
    // A condition in FHIRPath instead of a name is not judged.
    if (type === 'fhirpath' || place.has(expression)) return true;
    if (type === 'extension' && place.has('Extension')) return true;
  }
  return false;
}

/** The parts of a complex extension are those that its definition names. */
function checkParts(value: JsonObject, plan: ProfilePlan, run: ValidationContext): void {
  const parts = value.extension;
  if (!Array.isArray(parts) || plan.parts === undefined) return;
  run.report.enter('.extension');
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as Json;
    const url = isObject(part) ? part.url : undefined;
    if (typeof url !== 'string' || plan.parts.has(url) || SCHEME.test(url)) continue;
    run.report.enter(index);
    const message = 'is no part that the extension around it defines';
    run.report.add({ kind: 'extension', message, source: plan.url });
    run.report.leave();
  }
  run.report.leave();
}

function unknown(url: string, isModifier: boolean, { report, library }: ValidationContext): void {
  const isOurs = publishersOf(library).has(baseOf(url));
  if (isOurs || isModifier) {
    // What an unknown modifier changes the meaning of cannot be understood at all.
    const message = isOurs
      ? 'is an extension that its publisher does not define'
      : 'changes the meaning of its element in a way that is not known here';
    report.add({ kind: 'extension', message, source: url });
    return;
  }
  const message = 'is an extension whose definition is not held here, so it cannot be checked';
  const severity = 'information';
  report.add({ kind: 'unchecked', rule: 'extension', severity, message, source: url });
}

const publishers = new WeakMap<DefinitionIndex, ReadonlySet<string>>();

/** Where the extensions that are held are published; of these all are held. */
function publishersOf(library: DefinitionIndex): ReadonlySet<string> {
  const known = publishers.get(library);
  if (known !== undefined) return known;
  const structures = Object.entries(library.definitions.structures);
  const made = new Set(
    structures.filter(([, { type }]) => type === 'Extension').map(([url]) => baseOf(url)),
  );
  publishers.set(library, made);
  return made;
}

function baseOf(url: string): string {
  return url.slice(0, url.lastIndexOf('/') + 1);
}
