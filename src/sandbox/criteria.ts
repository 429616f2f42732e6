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

/** Parameters that shape the answer and select nothing. */
const CONTROLS: ReadonlySet<string> = new Set([
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
 * A query as @medplum/core's search request. Throws a 400 for what would otherwise be ignored, and
 * so find too much: an unknown parameter or modifier, a chain, a page size that is no number.
 */
export function readQuery(params: Params, type: string, query: string): SearchRequest {
  const pairs = [...new URLSearchParams(query)];
  for (const [name, value] of pairs) checkPair(params, type, [name, value]);
  const byName: Record<string, string[]> = {};
  for (const [name, value] of pairs) byName[name] = [...(byName[name] ?? []), value];
  return parseSearchRequest(type as ResourceType, byName);
}

/** As `readQuery`, for a conditional write: it must select something and nothing else. */
export function readCondition(params: Params, type: string, query: string): SearchRequest {
  const request = readQuery(params, type, query);
  if ((request.filters ?? []).length === 0) refuse('A conditional write needs a search parameter.');
  return { resourceType: request.resourceType, filters: request.filters ?? [] };
}

function checkPair(params: Params, type: string, [name, value]: [string, string]): void {
  if (CONTROLS.has(name.split(':')[0] ?? '')) {
    const number = name === '_count' || name === '_offset';
    if (number && !/^\d{1,9}$/.test(value)) refuse(`${name} must be a number.`);
    if (name === '_summary' && value !== 'count') refuse('Only _summary=count is supported.');
    if (name === '_sort') checkSort(params, type, value);
    return;
  }
  const [code, modifier] = name.split(':', 2);
  const param = params.get(type)?.get(code ?? '');
  if (param === undefined) refuse(`${type} has no search parameter of this name here.`, name);
  if (modifier !== undefined && !MODIFIERS[param.type].includes(modifier)) {
    refuse('This modifier is not supported here.', name);
  }
  // An empty value is dropped by some servers, and the search then finds everything.
  if (value === '') refuse('A search parameter needs a value.', name);
}

function checkSort(params: Params, type: string, value: string): void {
  for (const code of value.split(',')) {
    if (!params.get(type)?.has(code.replace(/^-/, ''))) refuse('No such parameter to sort by.');
  }
}

function refuse(text: string, name?: string): never {
  throw new OperationOutcomeError(
    badRequest(text, name === undefined ? undefined : `http.${name}`),
  );
}

/**
 * Keys of the store's index of which every match has one, so that a look-up by identifier, tag or
 * reference does not read all resources. Undefined when `filters` name no such thing.
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
