import { describe, expect, it } from 'vitest';
import { defined } from '../src/defined.ts';

describe('defined', () => {
  it('leaves out members that are undefined and keeps all other values', () => {
    const members: { a?: number | undefined; b: null; c: false } = {
      a: undefined,
      b: null,
      c: false,
    };
    expect(Object.keys(defined(members))).toEqual(['b', 'c']);
  });
});
