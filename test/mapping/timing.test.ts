import { describe, expect, it } from 'vitest';
import { timingOf } from '../../src/mapping/resources/timing.ts';

describe('a course plan as Timing', () => {
  it('says how many sessions at least and at most', () => {
    expect(timingOf({ plannedMin: 6, plannedMax: 10 })).toEqual({
      repeat: { count: 6, countMax: 10 },
    });
  });

  it('says nothing of a span that contradicts itself, or of no session at all', () => {
    expect(timingOf({ plannedMin: 10, plannedMax: 0 })).toBeUndefined();
    expect(timingOf({ plannedTotal: 0 })).toBeUndefined();
  });
});
