import { describe, expect, it } from 'vitest';
import { memoize, memoizeLast, memoizeWeak } from '../src/memoize.ts';

describe('what is worked out once', () => {
  it('is worked out once for each key', () => {
    let made = 0;
    const counted = memoize((key: string) => `${key}${++made}`);
    expect([counted('a'), counted('b'), counted('a')]).toEqual(['a1', 'b2', 'a1']);
  });

  it('is told apart by object, not by content', () => {
    const [one, other] = [{}, {}];
    const named = memoizeWeak((_: object) => Symbol());
    expect(named(one)).toBe(named(one));
    expect(named(one)).not.toBe(named(other));
  });

  it('is known of the latest object alone', () => {
    let made = 0;
    const counted = memoizeLast((_: object) => ++made);
    const [one, other] = [{}, {}];
    expect([counted(one), counted(one), counted(other), counted(one)]).toEqual([1, 1, 2, 3]);
  });

  it('is never that of another object where one cannot be worked out', () => {
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
