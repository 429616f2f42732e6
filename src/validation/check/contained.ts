import { CORE } from '../compile/definition-index.ts';
import { unreferencedContained } from '../compile/native-rules.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';

const SOURCE = `${CORE}DomainResource`;

/**
 * Checks that each contained resource has a unique id and is referenced. A violation of R4's dom-3 is
 * reported at the contained resource and not at its container.
 */
export function checkContained(resource: JsonObject, { report }: ValidationContext): void {
  const contained = resource.contained;
  if (!Array.isArray(contained)) return;
  const unreferenced = new Set(unreferencedContained(resource));
  const ids = new Set<Json>();
  report.enter('.contained');
  for (const [index, inner] of (contained as readonly Json[]).entries()) {
    const id = isObject(inner) ? inner.id : undefined;
    report.enter(index);
    if (id === undefined) {
      report.add({ kind: 'min', message: 'must have an id', source: SOURCE });
    } else if (ids.has(id)) {
      const message = 'must have an id that no other contained resource has';
      report.add({ kind: 'reference', message, source: SOURCE });
    }
    if (id !== undefined) ids.add(id);
    if (unreferenced.has(index)) {
      const message = 'must be referenced by the resource that contains it, or reference it';
      report.add({ kind: 'invariant', rule: 'dom-3', message, source: SOURCE });
    }
    report.leave();
  }
  report.leave();
}
