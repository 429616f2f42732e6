// Checks extensions against their definitions, and whether they are allowed on their element.
import { memoize, memoizeWeak } from '../../memoize.ts';
import { CORE, type DefinitionIndex } from '../compile/definition-index.ts';
import type { ProfilePlan } from '../compile/profile-plans.ts';
import { hasValue, isObject, type Json, type JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';
import { applyPlan } from './profiles.ts';

const EXTENSION = `${CORE}Extension`;
const ABSOLUTE_URL = /^[a-z][a-z0-9+.-]*:/i;

/** Every name by which the context of an extension's definition may refer to an element. */
export type ContextNames = ReadonlySet<string>;

/** The names of a resource. Types come from R4, so there are few. */
export const resourceContextNames = memoize(
  (type: string): ContextNames => new Set([type, 'DomainResource', 'Resource', 'Element']),
);

/** The element that has an extension. */
export interface ExtensionOwner {
  readonly contextNames: ContextNames;
  /** True for a modifierExtension. */
  readonly isModifier: boolean;
}

/**
 * Checks an extension against its definition, and whether it is allowed on its element. The
 * extensions inside a complex extension are checked together with it.
 */
export function checkExtension(
  extension: JsonObject,
  { contextNames, isModifier }: ExtensionOwner,
  context: ValidationContext,
): void {
  const url = extension.url;
  const hasNested = extension.extension !== undefined;
  if (hasValue(extension) === hasNested) {
    const message = 'must have either a value or extensions, not both';
    context.report.add({ kind: 'invariant', rule: 'ext-1', message, source: EXTENSION });
  }
  if (typeof url !== 'string' || !ABSOLUTE_URL.test(url)) return;
  const plan = context.profiles.of(url);
  if (plan === undefined || plan.type !== 'Extension') {
    reportUnknown(url, isModifier, context);
    return;
  }
  if (!isAllowedOn(contextNames, plan)) {
    const message = `extension ${url} is not allowed on this element`;
    context.report.add({ kind: 'context', message, source: plan.url });
  }
  applyPlan(extension, plan, context);
  checkNested(extension, plan, context);
}

function isAllowedOn(contextNames: ContextNames, { context }: ProfilePlan): boolean {
  if (context === undefined) return true;
  for (const { type, expression } of context) {
    // A context that is a FHIRPath condition is not evaluated.
    if (type === 'fhirpath' || contextNames.has(expression)) return true;
    if (type === 'extension' && contextNames.has('Extension')) return true;
  }
  return false;
}

/** Checks that the definition of a complex extension defines the extensions inside it. */
function checkNested(extension: JsonObject, plan: ProfilePlan, context: ValidationContext): void {
  const nested = extension.extension;
  if (!Array.isArray(nested) || plan.nestedUrls === undefined) return;
  context.report.enter('.extension');
  for (let index = 0; index < nested.length; index++) {
    const entry = nested[index] as Json;
    const url = isObject(entry) ? entry.url : undefined;
    if (typeof url !== 'string' || plan.nestedUrls.has(url) || ABSOLUTE_URL.test(url)) continue;
    context.report.enter(index);
    const message = 'is not defined by the extension that contains it';
    context.report.add({ kind: 'extension', message, source: plan.url });
    context.report.leave();
  }
  context.report.leave();
}

function reportUnknown(
  url: string,
  isModifier: boolean,
  { report, definitions }: ValidationContext,
): void {
  const isOfKnownPublisher = publisherUrls(definitions).has(baseOf(url));
  if (isOfKnownPublisher || isModifier) {
    // An unknown modifier may change the meaning of its element to anything, so it is an error.
    const message = isOfKnownPublisher
      ? 'is an unknown extension: its publisher does not define this url'
      : 'is an unknown modifier extension: the meaning of its element is unknown';
    report.add({ kind: 'extension', message, source: url });
    return;
  }
  const message = 'cannot be checked: the definition of this extension is not loaded';
  const severity = 'information';
  report.add({ kind: 'unchecked', rule: 'extension', severity, message, source: url });
}

/** Base urls of the loaded extensions. All extensions of these publishers are loaded. */
const publisherUrls = memoizeWeak(({ raw }: DefinitionIndex): ReadonlySet<string> => {
  const structures = Object.entries(raw.structures);
  return new Set(
    structures.filter(([, { type }]) => type === 'Extension').map(([url]) => baseOf(url)),
  );
});

function baseOf(url: string): string {
  return url.slice(0, url.lastIndexOf('/') + 1);
}
