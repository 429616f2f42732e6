import { describe, expect, it } from 'vitest';
import { memoize, memoizeLast, memoizeWeak } from '../src/memoize.ts';

describe('memoisation', () => {
  it('calculates the result once for each key', () => {
    let calls = 0;
    const counted = memoize((key: string) => `${key}${++calls}`);
    expect([counted('a'), counted('b'), counted('a')]).toEqual(['a1', 'b2', 'a1']);
  });

  it('distinguishes objects by identity, not by content', () => {
    const [first, second] = [{}, {}];
    const named = memoizeWeak((_: object) => Symbol());
    expect(named(first)).toBe(named(first));
    expect(named(first)).not.toBe(named(second));
  });

  it('can keep the result of the latest object only', () => {
    let calls = 0;
    const counted = memoizeLast((_: object) => ++calls);
    const [first, second] = [{}, {}];
    expect([counted(first), counted(first), counted(second), counted(first)]).toEqual([1, 1, 2, 3]);
  });

  it('never returns the result of another object when the calculation throws', () => {
    const named = memoizeLast(({ name }: { name?: string }) => {
      if (name === undefined) throw new Error('no name');
      return name;
    });
    const nameless = {};
    expect(named({ name: 'a' })).toBe('a');
    expect(() => named(nameless)).toThrow();
    expect(() => named(nameless)).toThrow();
  });
});
