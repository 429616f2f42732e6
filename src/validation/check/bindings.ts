// Coded values against the value sets that profiles bind them to, and codes against their system.
import { type Bound, type CodeLibrary, isAmong } from '../compile/codes.ts';
import { isObject, type Json, type JsonObject, objectsIn } from '../json.ts';
import type { Report } from './report.ts';

/** Where a binding is checked: with which codes, and who is told. */
export interface Checking {
  readonly codes: CodeLibrary;
  readonly report: Report;
}

/** Checks a coded value against its binding: a code, a Coding or a CodeableConcept. */
export function checkBinding(value: Json, bound: Bound, checking: Checking): void {
  if (typeof value !== 'string' && !isObject(value)) return;
  const { max, strength, valueSet } = bound.binding;
  if (max !== undefined) {
    const binding = { strength: 'required', valueSet: max } as const;
    checkIn(value, { binding, source: bound.source }, checking);
  }
  if (strength !== 'preferred' && valueSet !== undefined) checkIn(value, bound, checking);
}

function checkIn(value: Json, bound: Bound, checking: Checking): void {
  const contains = checking.codes.valueSet(bound.binding.valueSet);
  const found = contains === undefined ? 'unchecked' : isAmong(value, contains);
  if (found !== 'in') tell(found, bound, checking.report);
}

/** Checks the codes of a concept's codings; faults are told of the concept. */
export function checkCodes(concept: JsonObject, checking: Checking): void {
  for (const coding of objectsIn(concept, 'coding')) checkCode(coding, checking);
}

/** A code must be one of its system's, where that is held. */
export function checkCode({ system, code }: JsonObject, { codes, report }: Checking): void {
  if (typeof system !== 'string' || typeof code !== 'string') return;
  if (codes.hasCode(system, code) !== false) return;
  report.add({ kind: 'code', message: `holds no code of ${system}`, source: system });
}

function tell(kind: 'unchecked' | 'binding', { binding, source }: Bound, report: Report): void {
  const { strength, valueSet } = binding;
  if (kind === 'unchecked') {
    const message = `cannot be checked against ${valueSet}, which is not held here as a whole`;
    report.add({ kind, severity: 'information', message, source, rule: 'binding' });
  } else if (strength === 'required') {
    const message = `holds no code of ${valueSet}, which is required`;
    report.add({ kind, message, source });
  } else {
    const message = `holds no code of ${valueSet}, which should be used where it has a fitting one`;
    report.add({ kind, severity: 'warning', message, source });
  }
}
