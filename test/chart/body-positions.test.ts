import { describe, expect, it } from 'vitest';
import { OUTLINE } from '../../src/chart/body-outline.ts';
import { bodyPositionOf, levelY } from '../../src/chart/body-positions.ts';
import { segments } from '../../src/ims/codes/general.ts';
import { muscles, regions } from '../../src/ims/codes/muscles.ts';

const codes = [...muscles.codes, ...regions.codes].filter((code) => code !== 'other');

describe('positions on the body chart', () => {
  it('exist for every muscle and every region that has a code', () => {
    expect(codes.filter((code) => bodyPositionOf(code) === undefined)).toEqual([]);
    expect(bodyPositionOf('other')).toBeUndefined();
    expect(bodyPositionOf('toString')).toBeUndefined();
  });

  it('lie inside the figure', () => {
    const outline = cornersOf(OUTLINE);
    const outside = codes.filter((code) => {
      const { x = 0, y = 0 } = bodyPositionOf(code) ?? {};
      return !isInside([x, y], outline);
    });
    expect(outside).toEqual([]);
  });

  it('are equal for two muscles only if one is part of the other', () => {
    const codesByPoint = new Map<string, string[]>();
    for (const code of muscles.codes) {
      const position = bodyPositionOf(code);
      if (position === undefined || position.levelRange !== undefined) continue;
      const point = `${position.view} ${position.x} ${position.y}`;
      codesByPoint.set(point, [...(codesByPoint.get(point) ?? []), code]);
    }
    const shared = [...codesByPoint.values()].filter(({ length }) => length > 1);
    expect(shared.map((codes) => codes.sort().join(' ')).sort()).toEqual([
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

type Coordinates = readonly [x: number, y: number];

/** The end points of the curves of a path. */
function cornersOf(path: string): Coordinates[] {
  const [start = '', ...curves] = path.slice(1).split('c');
  const numbers = (text: string) =>
    [...text.matchAll(/-?\d*\.?\d+/g)].map(([number]) => Number(number));
  let [x = 0, y = 0] = numbers(start);
  const corners: Coordinates[] = [[x, y]];
  for (const curve of curves) {
    const steps = numbers(curve);
    x += steps[4] ?? 0;
    y += steps[5] ?? 0;
    corners.push([x, y]);
  }
  return corners;
}

/** A horizontal ray from a point inside crosses the outline an odd number of times. */
function isInside([x, y]: Coordinates, corners: readonly Coordinates[]): boolean {
  const crossings = corners.filter((from, index) => {
    const to = corners[(index + 1) % corners.length] ?? from;
    if (from[1] > y === to[1] > y) return false;
    return x < from[0] + ((y - from[1]) * (to[0] - from[0])) / (to[1] - from[1]);
  });
  return crossings.length % 2 === 1;
}
