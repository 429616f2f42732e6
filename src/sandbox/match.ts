// Matches and sorts resources by search parameters.
import {
  evalFhirPathTyped,
  type Filter,
  Operator,
  type TypedValue,
  toTypedValue,
} from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import { type TimeSpan, timeSpanOf } from '../fhir/dates.ts';
import { parseReference } from '../fhir/reference.ts';
import { splitSearchValue, unescapeSearchValue } from '../fhir/search.ts';
import type { Param } from './definitions.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * True when `resource` matches `filter`. The matcher of @medplum/core is not used: it ignores case,
 * matches codes by their display, and does not support escapes or the modifier `:Type`.
 */
export function matches(resource: Resource, filter: Filter, param: Param): boolean {
  const values = valuesOf(resource, param);
  if (filter.operator === Operator.MISSING)
    return (values.length === 0) === (filter.value === 'true');
  const alternatives = splitSearchValue(filter.value, ',');
  const isNegated = filter.operator === Operator.NOT || filter.operator === Operator.NOT_EQUALS;
  const operator = isNegated ? Operator.EQUALS : filter.operator;
  const isFound = values.some(({ value }) =>
    alternatives.some((text) => matchesValue(param.type, value, { text, operator })),
  );
  return isFound !== isNegated;
}

/** The value that a sort by `param` compares: the earliest time, or the first text. */
export function sortKey(resource: Resource, param: Param): number | string {
  const value = valuesOf(resource, param)[0]?.value;
  if (param.type === 'date') return spanOfValue(value)?.fromMs ?? Number.NEGATIVE_INFINITY;
  return textsOf(value)[0] ?? '';
}

function valuesOf(resource: Resource, param: Param): TypedValue[] {
  return evalFhirPathTyped(param.expression, [toTypedValue(resource)]);
}

/** One alternative of a search value. */
interface Criterion {
  /** Still escaped. */
  readonly text: string;
  readonly operator: Operator;
}

function matchesValue(type: Param['type'], value: unknown, criterion: Criterion): boolean {
  switch (type) {
    case 'token':
      return matchesToken(value, criterion.text);
    case 'reference':
      return criterion.operator === Operator.IDENTIFIER
        ? matchesToken(membersOf(value).identifier, criterion.text)
        : matchesReference(value, unescapeSearchValue(criterion.text));
    case 'date':
      return matchesDate(spanOfValue(value), criterion);
    case 'uri':
      return value === unescapeSearchValue(criterion.text);
    case 'string':
      return textsOf(value).some((text) => matchesText(text, criterion));
  }
}

/** https://hl7.org/fhir/R4/search.html#token */
function matchesToken(value: unknown, text: string): boolean {
  const parts = splitSearchValue(text, '|').map(unescapeSearchValue);
  const [system, code] = parts.length > 1 ? parts : [undefined, parts[0]];
  return tokensOf(value).some(
    (token) =>
      (system === undefined || system === (token.system ?? '')) &&
      (code === '' ? system !== undefined && system !== '' : code === token.code),
  );
}

interface Token {
  readonly system: unknown;
  readonly code: unknown;
}

function tokensOf(value: unknown): Token[] {
  if (typeof value !== 'object' || value === null) {
    return [{ system: undefined, code: value === undefined ? undefined : String(value) }];
  }
  const members = value as Members;
  if (Array.isArray(members.coding)) return members.coding.flatMap(tokensOf);
  return [{ system: members.system, code: 'code' in members ? members.code : members.value }];
}

/** https://hl7.org/fhir/R4/search.html#reference; a canonical also matches without its version. */
function matchesReference(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text || value.startsWith(`${text}|`);
  const { reference } = membersOf(value);
  if (typeof reference !== 'string') return false;
  if (reference === text) return true;
  const target = parseReference(reference);
  return (
    target.kind === 'relative' && (text === target.id || text === `${target.type}/${target.id}`)
  );
}

/** https://hl7.org/fhir/R4/search.html#prefix */
function matchesDate(value: TimeSpan | undefined, { text, operator }: Criterion): boolean {
  const range = timeSpanOf(text);
  if (value === undefined || range === undefined) return false;
  switch (operator) {
    case Operator.EQUALS:
      return value.fromMs >= range.fromMs && value.toMs <= range.toMs;
    case Operator.GREATER_THAN:
      return value.toMs > range.toMs;
    case Operator.GREATER_THAN_OR_EQUALS:
      return value.toMs >= range.fromMs;
    case Operator.LESS_THAN:
      return value.fromMs < range.fromMs;
    case Operator.LESS_THAN_OR_EQUALS:
      return value.fromMs <= range.toMs;
    case Operator.STARTS_AFTER:
      return value.fromMs > range.toMs;
    case Operator.ENDS_BEFORE:
      return value.toMs < range.fromMs;
    default:
      return value.fromMs <= range.toMs && value.toMs >= range.fromMs;
  }
}

/** The span of a date or Period; infinite where a Period has no start or end. */
function spanOfValue(value: unknown): TimeSpan | undefined {
  if (typeof value === 'string') return timeSpanOf(value);
  const { start, end } = membersOf(value);
  if (typeof start !== 'string' && typeof end !== 'string') return undefined;
  return {
    fromMs: timeSpanOf(String(start))?.fromMs ?? Number.NEGATIVE_INFINITY,
    toMs: timeSpanOf(String(end))?.toMs ?? Number.POSITIVE_INFINITY,
  };
}

/** https://hl7.org/fhir/R4/search.html#string: starts with; case and accents are ignored. */
function matchesText(text: string, criterion: Criterion): boolean {
  const expected = unescapeSearchValue(criterion.text);
  if (criterion.operator === Operator.EXACT) return text === expected;
  return criterion.operator === Operator.CONTAINS
    ? normalize(text).includes(normalize(expected))
    : normalize(text).startsWith(normalize(expected));
}

// Combining marks are removed first too: normalisation is quadratic in their number.
const normalize = (text: string): string =>
  text.replace(/\p{M}/gu, '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** All texts in a value: every part of a HumanName or an Address is searched. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null)
    return value === undefined ? [] : [String(value)];
  return Object.values(value).flatMap(textsOf);
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
