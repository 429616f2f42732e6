// Checks coded values against the value sets that they are bound to, and codes against their system.
import { findInValueSet, type SourcedBinding } from '../compile/codes.ts';
import { isObject, type Json, type JsonObject, objectsIn } from '../json.ts';
import type { ValidationContext } from './context.ts';

/** Checks a code, Coding or CodeableConcept against its binding. */
export function checkBinding(
  value: Json,
  binding: SourcedBinding,
  context: ValidationContext,
): void {
  if (typeof value !== 'string' && !isObject(value)) return;
  const { max, strength, valueSet, source } = binding;
  if (max !== undefined) {
    checkMembership(value, { strength: 'required', valueSet: max, source }, context);
  }
  if (strength !== 'preferred' && valueSet !== undefined) {
    checkMembership(value, binding, context);
  }
}

function checkMembership(
  value: Json,
  { strength, valueSet, source }: SourcedBinding,
  { definitions, report }: ValidationContext,
): void {
  const contains = definitions.codes.valueSet(valueSet);
  const result = contains === undefined ? 'unknown' : findInValueSet(value, contains);
  if (result === 'member') return;
  if (result === 'unknown') {
    const message = `cannot be checked: value set ${valueSet} is not completely loaded`;
    const severity = 'information';
    report.add({ kind: 'unchecked', severity, message, source, rule: 'binding' });
  } else if (strength === 'required') {
    report.add({ kind: 'binding', message: `must have a code from ${valueSet}`, source });
  } else {
    const message = `should have a code from ${valueSet}, if one of them fits`;
    report.add({ kind: 'binding', severity: 'warning', message, source });
  }
}

/** Checks the codes of a concept against their systems; reported at the concept. */
export function checkCodes(concept: JsonObject, context: ValidationContext): void {
  for (const coding of objectsIn(concept, 'coding')) checkCode(coding, context);
}

/** Checks that the system of a coding defines its code, when the system is loaded. */
export function checkCode(
  { system, code }: JsonObject,
  { definitions, report }: ValidationContext,
): void {
  if (typeof system !== 'string' || typeof code !== 'string') return;
  if (definitions.codes.hasCode(system, code) !== false) return;
  report.add({ kind: 'code', message: `has an unrecognised code of ${system}`, source: system });
}
