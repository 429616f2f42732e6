// Parses search queries and conditions of writes, and rejects what the sandbox does not support.
import {
  badRequest,
  type Filter,
  OperationOutcomeError,
  Operator,
  parseSearchRequest,
  type SearchRequest,
} from '@medplum/core';
import type { ResourceType } from '@medplum/fhirtypes';
import { parseReference } from '../fhir/reference.ts';
import { splitSearchValue, unescapeSearchValue } from '../fhir/search.ts';
import type { Param, Params } from './definitions.ts';
import { identifierKey, referenceKey, tagKey } from './store.ts';

const MODIFIERS: Record<Param['type'], readonly string[]> = {
  date: ['missing'],
  reference: ['missing', 'identifier'],
  string: ['missing', 'exact', 'contains'],
  token: ['missing', 'not'],
  uri: ['missing'],
};

/** Parameters that control the result and do not filter. */
const RESULT_PARAMS: ReadonlySet<string> = new Set([
  '_count',
  '_format',
  '_include',
  '_offset',
  '_pretty',
  '_revinclude',
  '_sort',
  '_summary',
  '_total',
]);

/**
 * Parses a query to a search request of @medplum/core. Throws 400 for what @medplum/core would ignore, which
 * would match too much: an unknown parameter or modifier, a chain, a page size that is not a number.
 */
export function readQuery(params: Params, type: string, query: string): SearchRequest {
  const pairs = [...new URLSearchParams(query)];
  for (const [name, value] of pairs) checkPair(params, type, [name, value]);
  const byName: Record<string, string[]> = {};
  for (const [name, value] of pairs) byName[name] = [...(byName[name] ?? []), value];
  return parseSearchRequest(type as ResourceType, byName);
}

/** Like `readQuery`, for the condition of a write: requires a filter and ignores everything else. */
export function readCondition(params: Params, type: string, query: string): SearchRequest {
  const request = readQuery(params, type, query);
  if ((request.filters ?? []).length === 0)
    reject('A conditional write requires a search parameter.');
  return { resourceType: request.resourceType, filters: request.filters ?? [] };
}

function checkPair(params: Params, type: string, [name, value]: [string, string]): void {
  if (RESULT_PARAMS.has(name.split(':')[0] ?? '')) {
    const isNumber = name === '_count' || name === '_offset';
    if (isNumber && !/^\d{1,9}$/.test(value)) reject(`${name} must be a number.`);
    if (name === '_summary' && value !== 'count') reject('Only _summary=count is supported.');
    if (name === '_sort') checkSort(params, type, value);
    return;
  }
  const [code, modifier] = name.split(':', 2);
  const param = params.get(type)?.get(code ?? '');
  if (param === undefined)
    reject(`The sandbox has no search parameter of this name for ${type}.`, name);
  if (modifier !== undefined && !MODIFIERS[param.type].includes(modifier)) {
    reject('The sandbox does not support this modifier.', name);
  }
  // Some servers ignore an empty value, so that the search matches everything.
  if (value === '') reject('A search parameter requires a value.', name);
}

function checkSort(params: Params, type: string, value: string): void {
  for (const code of value.split(',')) {
    if (!params.get(type)?.has(code.replace(/^-/, '')))
      reject('Unknown search parameter in _sort.');
  }
}

function reject(text: string, name?: string): never {
  throw new OperationOutcomeError(
    badRequest(text, name === undefined ? undefined : `http.${name}`),
  );
}

/**
 * Keys of the store's index, so that a search by identifier, tag or reference need not read all resources:
 * every match has at least one of these keys. Undefined for filters without such parameters.
 */
export function indexKeys(
  filters: readonly Filter[],
  params: ReadonlyMap<string, Param>,
): string[] | undefined {
  for (const filter of filters) {
    if (filter.operator !== Operator.EQUALS) continue;
    const keys = splitSearchValue(filter.value, ',').map((text) =>
      keyOf(filter.code, text, params),
    );
    if (keys.every((key) => key !== undefined)) return keys;
  }
  return undefined;
}

function keyOf(code: string, text: string, params: ReadonlyMap<string, Param>): string | undefined {
  if (code === 'identifier' || code === '_tag') {
    const [system, value] = splitSearchValue(text, '|').map(unescapeSearchValue);
    if (system === undefined || value === undefined || value === '') return undefined;
    return code === '_tag' ? tagKey(system, value) : identifierKey(system, value);
  }
  if (params.get(code)?.type !== 'reference') return undefined;
  const target = parseReference(unescapeSearchValue(text));
  return target.kind === 'relative' ? referenceKey(`${target.type}/${target.id}`) : undefined;
}
