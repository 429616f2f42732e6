import { CORE } from '../compile/definition-index.ts';
import { orphansOf } from '../compile/native-rules.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';

const SOURCE = `${CORE}DomainResource`;

/**
 * Checks that each contained resource has an id of its own by which it is referred to. R4's dom-3 is
 * told here of the contained resource, not of the one around it.
 */
export function checkContained(resource: JsonObject, { report }: ValidationContext): void {
  const contained = resource.contained;
  if (!Array.isArray(contained)) return;
  const orphans = new Set(orphansOf(resource));
  const ids = new Set<Json>();
  report.enter('.contained');
  for (const [index, one] of (contained as readonly Json[]).entries()) {
    const id = isObject(one) ? one.id : undefined;
    report.enter(index);
    if (id === undefined) {
      report.add({ kind: 'min', message: 'must have an id', source: SOURCE });
    } else if (ids.has(id)) {
      report.add({ kind: 'reference', message: 'has the id of another one', source: SOURCE });
    }
    if (id !== undefined) ids.add(id);
    if (orphans.has(index)) {
      const message = 'is referred to by nothing in the resource around it, nor refers to it';
      report.add({ kind: 'invariant', rule: 'dom-3', message, source: SOURCE });
    }
    report.leave();
  }
  report.leave();
}
