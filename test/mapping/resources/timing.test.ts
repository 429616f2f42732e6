import { describe, expect, it } from 'vitest';
import { timingOf } from '../../../src/mapping/resources/timing.ts';

describe('a course plan as Timing', () => {
  it('has the minimum and maximum number of sessions', () => {
    expect(timingOf({ plannedMin: 6, plannedMax: 10 })).toEqual({
      repeat: { count: 6, countMax: 10 },
    });
  });

  it('is undefined for a contradictory range and for no sessions', () => {
    expect(timingOf({ plannedMin: 10, plannedMax: 0 })).toBeUndefined();
    expect(timingOf({ plannedTotal: 0 })).toBeUndefined();
  });
});
