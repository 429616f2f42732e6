import { describe, expect, it } from 'vitest';
import { OUTLINE } from '../../src/chart/body-outline.ts';
import { bodyPlaceOf, levelY } from '../../src/chart/body-places.ts';
import { segments } from '../../src/ims/codes/general.ts';
import { muscles, regions } from '../../src/ims/codes/muscles.ts';

const codes = [...muscles.codes, ...regions.codes].filter((code) => code !== 'other');

describe('places on the body chart', () => {
  it('stand there for every muscle and every region that has a code', () => {
    expect(codes.filter((code) => bodyPlaceOf(code) === undefined)).toEqual([]);
    expect(bodyPlaceOf('other')).toBeUndefined();
    expect(bodyPlaceOf('toString')).toBeUndefined();
  });

  it('lie inside the figure', () => {
    const outline = cornersOf(OUTLINE);
    const outside = codes.filter((code) => {
      const { x = 0, y = 0 } = bodyPlaceOf(code) ?? {};
      return !isInside([x, y], outline);
    });
    expect(outside).toEqual([]);
  });

  it('of two muscles are the same only where a group holds both', () => {
    const spots = new Map<string, string[]>();
    for (const code of muscles.codes) {
      const place = bodyPlaceOf(code);
      if (place === undefined || place.levels !== undefined) continue;
      const spot = `${place.view} ${place.x} ${place.y}`;
      spots.set(spot, [...(spots.get(spot) ?? []), code]);
    }
    const shared = [...spots.values()].filter(({ length }) => length > 1);
    expect(shared.map((some) => some.sort().join(' ')).sort()).toEqual([
      'rectus-capitis suboccipitals',
      'scalenes scalenus-medius',
    ]);
  });

  it('follow the spine downwards, level by level', () => {
    const heights = segments.codes.map(levelY);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(new Set(heights).size).toBe(segments.codes.length);
  });
});

type Position = readonly [x: number, y: number];

/** The points a path of relative curves goes through. */
function cornersOf(path: string): Position[] {
  const [start = '', ...curves] = path.slice(1).split('c');
  const numbers = (text: string) => [...text.matchAll(/-?\d*\.?\d+/g)].map(([one]) => Number(one));
  let [x = 0, y = 0] = numbers(start);
  const corners: Position[] = [[x, y]];
  for (const curve of curves) {
    const steps = numbers(curve);
    x += steps[4] ?? 0;
    y += steps[5] ?? 0;
    corners.push([x, y]);
  }
  return corners;
}

/** A line to the right crosses the outline of a place inside an odd number of times. */
function isInside([x, y]: Position, corners: readonly Position[]): boolean {
  const crossings = corners.filter((from, index) => {
    const to = corners[(index + 1) % corners.length] ?? from;
    if (from[1] > y === to[1] > y) return false;
    return x < from[0] + ((y - from[1]) * (to[0] - from[0])) / (to[1] - from[1]);
  });
  return crossings.length % 2 === 1;
}
