import {
  evalFhirPathTyped,
  type Filter,
  Operator,
  type TypedValue,
  toTypedValue,
} from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import { type Span, spanOf } from '../fhir/dates.ts';
import { parseReference } from '../fhir/reference.ts';
import { splitSearchValue, unescapeSearchValue } from '../fhir/search.ts';
import type { Param } from './definitions.ts';

type Parts = Readonly<Record<string, unknown>>;

/**
 * True when `resource` passes `filter`. The matcher of @medplum/core is not used: it lowers case,
 * finds codes by their display, knows no escapes and takes `:Type` for nothing.
 */
export function matches(resource: Resource, filter: Filter, param: Param): boolean {
  const values = valuesOf(resource, param);
  if (filter.operator === Operator.MISSING)
    return (values.length === 0) === (filter.value === 'true');
  const wanted = splitSearchValue(filter.value, ',');
  const negated = filter.operator === Operator.NOT || filter.operator === Operator.NOT_EQUALS;
  const operator = negated ? Operator.EQUALS : filter.operator;
  const found = values.some(({ value }) =>
    wanted.some((text) => matchesOne(param.type, value, { text, operator })),
  );
  return found !== negated;
}

/** What a sort by `param` compares: the earliest time, or the first text. */
export function sortKey(resource: Resource, param: Param): number | string {
  const value = valuesOf(resource, param)[0]?.value;
  if (param.type === 'date') return spansOf(value)?.fromMs ?? Number.NEGATIVE_INFINITY;
  return textsOf(value)[0] ?? '';
}

function valuesOf(resource: Resource, param: Param): TypedValue[] {
  return evalFhirPathTyped(param.expression, [toTypedValue(resource)]);
}

interface Wanted {
  /** One alternative, still escaped. */
  readonly text: string;
  readonly operator: Operator;
}

function matchesOne(type: Param['type'], value: unknown, wanted: Wanted): boolean {
  switch (type) {
    case 'token':
      return matchesToken(value, wanted.text);
    case 'reference':
      return wanted.operator === Operator.IDENTIFIER
        ? matchesToken(partsOf(value).identifier, wanted.text)
        : matchesReference(value, unescapeSearchValue(wanted.text));
    case 'date':
      return matchesDate(spansOf(value), wanted);
    case 'uri':
      return value === unescapeSearchValue(wanted.text);
    case 'string':
      return textsOf(value).some((text) => matchesText(text, wanted));
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
  const parts = value as Parts;
  if (Array.isArray(parts.coding)) return parts.coding.flatMap(tokensOf);
  return [{ system: parts.system, code: 'code' in parts ? parts.code : parts.value }];
}

/** https://hl7.org/fhir/R4/search.html#reference; a canonical is found without its version too. */
function matchesReference(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text || value.startsWith(`${text}|`);
  const { reference } = partsOf(value);
  if (typeof reference !== 'string') return false;
  if (reference === text) return true;
  const target = parseReference(reference);
  return (
    target.kind === 'relative' && (text === target.id || text === `${target.type}/${target.id}`)
  );
}

/** https://hl7.org/fhir/R4/search.html#prefix */
function matchesDate(value: Span | undefined, { text, operator }: Wanted): boolean {
  const asked = spanOf(text);
  if (value === undefined || asked === undefined) return false;
  switch (operator) {
    case Operator.EQUALS:
      return value.fromMs >= asked.fromMs && value.toMs <= asked.toMs;
    case Operator.GREATER_THAN:
      return value.toMs > asked.toMs;
    case Operator.GREATER_THAN_OR_EQUALS:
      return value.toMs >= asked.fromMs;
    case Operator.LESS_THAN:
      return value.fromMs < asked.fromMs;
    case Operator.LESS_THAN_OR_EQUALS:
      return value.fromMs <= asked.toMs;
    case Operator.STARTS_AFTER:
      return value.fromMs > asked.toMs;
    case Operator.ENDS_BEFORE:
      return value.toMs < asked.fromMs;
    default:
      return value.fromMs <= asked.toMs && value.toMs >= asked.fromMs;
  }
}

/** The span of a date or Period; an open end is endless. */
function spansOf(value: unknown): Span | undefined {
  if (typeof value === 'string') return spanOf(value);
  const { start, end } = partsOf(value);
  if (typeof start !== 'string' && typeof end !== 'string') return undefined;
  return {
    fromMs: spanOf(String(start))?.fromMs ?? Number.NEGATIVE_INFINITY,
    toMs: spanOf(String(end))?.toMs ?? Number.POSITIVE_INFINITY,
  };
}

/** https://hl7.org/fhir/R4/search.html#string: starts with, without case and accents. */
function matchesText(text: string, wanted: Wanted): boolean {
  const asked = unescapeSearchValue(wanted.text);
  if (wanted.operator === Operator.EXACT) return text === asked;
  return wanted.operator === Operator.CONTAINS
    ? plain(text).includes(plain(asked))
    : plain(text).startsWith(plain(asked));
}

// Marks go before normalisation too: it takes quadratic time where thousands of them are in a row.
const plain = (text: string): string =>
  text.replace(/\p{M}/gu, '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** All texts in a value: a HumanName or an Address is searched in each of its parts. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null)
    return value === undefined ? [] : [String(value)];
  return Object.values(value).flatMap(textsOf);
}

function partsOf(value: unknown): Parts {
  return typeof value === 'object' && value !== null ? (value as Parts) : {};
}
