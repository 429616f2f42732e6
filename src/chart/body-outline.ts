// The figure of the body chart: the right half of an adult in the anatomical position; the left half is
// its mirror image. A point is the distance from the midline and from the top; `!` marks a corner, all
// other points lie on a smooth curve. The figure is 480 high and 190 wide.

const HEAD_AND_NECK = `
  -0.4,7 10,8.8 18,14.5 22.4,25 22.8,36! 25,36.5 25.6,43 23.6,51 21.4,52.5! 19.6,60
  15.6,67 13.2,70! 12.8,76 14,82 20,87.5 32,92`;
const ARM = `
  43,95.5 52,101.5 57.5,111 59.5,123 60.8,138 63.2,153 66.2,166 70.5,181 74,197 77,213
  79.4,226 84,233 89.5,242 93,252 92,256 88.5,253 85.5,248.5! 87.2,258 88,268 87,276
  84.6,277.5 82.6,275 81.5,278.5 78.8,278.6 76.8,275.5 75.2,276.6 72.8,274 72,266
  70.3,257 68.8,246 68.6,236 69,228 66.4,216 61.8,203 57,189 53.4,176 50.6,163 47.4,149
  45,137 43.6,126.5!`;
const TRUNK_AND_LEG = `
  43.2,136 41.6,148 38.4,162 36,176 35.6,187 37.6,198 41.4,209 44.8,221 46.6,234
  46.8,250 45.4,270 42.6,292 39.4,312 36.6,330 36.4,342 37.6,356 38.6,370 37.4,388
  33.4,410 29,430 27.4,441 28.2,449 32.6,457 36.4,464.5 35,469 29,470.6 21,470
  15.6,467.5 13.4,461 12.6,452 13.6,443 13.6,432 12,412 9.4,390 8.4,372 9.6,356 11,344
  10.6,331 8.8,312 6.2,290 3.6,268 2,252 1.2,244! -0.4,243`;

// Wrist and fingers.
const HAND = ['70.5,229.5 75,231 78.5,228.5', '82.6,275 82.2,266', '76.8,275.5 77,266'];
// Chin, neck, clavicle, chest, midline, ribs, navel, groin, elbow, knee, shin.
const FRONT = [
  ...HAND,
  '13.2,70 7,75.2 0,76.6',
  '13.2,80 8,88 3.4,94',
  '3,94 14,96.5 28,94.5 41,96.5',
  '41.5,121 36,131 25,135.5 11,133 2.5,130',
  '0,98 0,129',
  '0,140 0,186',
  '0,141 9,146 17,156 22,167',
  '0,188.6 1.6,187',
  '38.5,203 30,215 17,230 7,240',
  '47.6,163 55,167.5 62,165',
  '16,331 15,341 20,348 28,347 33,340 32,331',
  '20,356 23,390 22.5,420',
];
// Hairline, spine, shoulder blade, sacroiliac joint, buttock, elbow, knee, calf, heel cord.
const BACK = [
  ...HAND,
  '20,57 11,64 0,66',
  '0,80 0,243',
  '17,109 15,122 19,138 27,146 33,137 36,122',
  '17,109 27,107 41,103',
  '8,203 12,208 10,213',
  '2,246 14,250 28,247 38,238',
  '52,165 57,169.5 64,166.5',
  '12,338 21,342 32,339',
  '22,360 23,385 21,398',
  '23,404 21,430 20.5,448',
];

/** The right half of the outline as path data, open at the midline. */
export const OUTLINE = curve(`${HEAD_AND_NECK} ${ARM} ${TRUNK_AND_LEG}`);
/** Lines inside the right half of the outline, as path data. */
export const LANDMARKS = { front: FRONT.map(curve).join(''), back: BACK.map(curve).join('') };

interface CurvePoint {
  readonly at: readonly [x: number, y: number];
  readonly isCorner: boolean;
}

function parsePoints(text: string): CurvePoint[] {
  return text
    .trim()
    .split(/\s+/)
    .map((point) => {
      const [x = 0, y = 0] = point.replace('!', '').split(',').map(Number);
      return { at: [x, y], isCorner: point.endsWith('!') };
    });
}

/** A Catmull-Rom curve through points, as Bézier path data in relative coordinates. */
function curve(text: string): string {
  const points = parsePoints(text);
  const segments = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const before = from.isCorner ? from : (points[index - 1] ?? from);
    const after = to.isCorner ? to : (points[index + 2] ?? to);
    const controlPoints = (axis: 0 | 1) => {
      const [a, b, c, d] = [before, from, to, after].map(({ at }) => at[axis]) as [
        number,
        number,
        number,
        number,
      ];
      return [(c - a) / 6, c - b - (d - b) / 6, c - b];
    };
    const [x, y] = [controlPoints(0), controlPoints(1)];
    return `c${shortNumbers(x.flatMap((value, index) => [value, y[index] ?? 0]))}`;
  });
  return `M${points[0]?.at.join(' ')}${segments.join('')}`;
}

/** Numbers in their shortest form, because every session is sent with this figure. */
function shortNumbers(values: readonly number[]): string {
  return values
    .map((value) => String(Math.round(value * 10) / 10).replace(/^(-?)0\./, '$1.'))
    .join(' ')
    .replaceAll(' -', '-');
}
