// Identifier values: built from the keys of a record, and taken apart again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  identifierScope,
  identifierValue,
  isOfVisit,
  parseIdentifier,
} from '../../src/mapping/identity.ts';

const KEY = fc.stringMatching(/^[A-Za-z0-9.-]{1,36}$/);

describe('an identifier value', () => {
  it('is parsed into the scope, part and key it was built from', () => {
    const kinds = fc.constantFrom('source', 'patient', 'episode', 'visit');
    const property = fc.property(kinds, fc.string(), KEY, (kind, id, key) => {
      const scope = identifierScope(kind, ['https://clinic.example', id]);
      const value = identifierValue(scope, 'consent', key);
      expect(value.length).toBeLessThanOrEqual(64);
      expect(parseIdentifier(value)).toEqual({ scope, part: 'consent', key });
    });
    fc.assert(property);
  });

  it('may lack a key', () => {
    const scope = identifierScope('episode', ['s', 'e']);
    expect(parseIdentifier(identifierValue(scope, 'plan'))).toEqual({
      scope,
      part: 'plan',
      key: undefined,
    });
  });

  it('keeps its scope and key when its part is unknown, as from a later version', () => {
    const { prefix } = identifierScope('visit', ['s', 'r']);
    expect(parseIdentifier(`${prefix}-future-k1`)).toEqual({
      scope: { kind: 'visit', prefix },
      part: undefined,
      key: 'k1',
    });
  });

  it.each([
    undefined,
    '',
    'v-short-ae-e1',
    'x-aaaaaaaaaaaaaaaa-ae-e1',
    'v-aaaaaaaaaaaaaaaa',
    'v-aaaaaaaaaaaaaaaa-',
    'v-aaaaaaaaaaaaaaaa-ae-',
    'v-aaaaaaaaaaaaaaaa-toolongpart-k',
    'v-aaaaaaaaaaaaaaaa-ae-key with spaces',
    `v-aaaaaaaaaaaaaaaa-ae-${'k'.repeat(37)}`,
    'v-aaaaaaaaaaaaaaaa-ae-e1\n',
    'V-AAAAAAAAAAAAAAAA-ae-e1',
  ])('of another form is not parsed: %j', (value) => {
    expect(parseIdentifier(value)).toBeUndefined();
    expect(isOfVisit(value)).toBe(false);
  });

  it('belongs to a visit by its first letter', () => {
    expect(isOfVisit(identifierValue(identifierScope('visit', ['s', 'r']), 'enc'))).toBe(true);
    expect(isOfVisit(identifierValue(identifierScope('episode', ['s', 'p', 'e']), 'plan'))).toBe(
      false,
    );
  });
});
