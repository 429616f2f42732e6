// A picture as SVG. Nothing in it runs, loads or links; text is escaped.
import { memoizeWeak } from '../memoize.ts';
import { escaped } from './narrative.ts';
import {
  type GroupShape,
  INK,
  type PathShape,
  type Picture,
  type Shape,
  type TextShape,
} from './shapes.ts';

const FONTS = "'DejaVu Sans',Verdana,'Noto Sans',Arial,sans-serif";
const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

/** What most shapes share stands once, at the top. */
const COMMON = `font-family="${FONTS}" fill="${INK}" stroke-linejoin="round" stroke-linecap="round"`;

/** The picture as a document of its own; `title` is what a screen reader says. */
export function svg({ width, height, shapes }: Picture, title: string): string {
  const ids: Ids = new Map();
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg ${NAMESPACES} ${size} role="img" ${COMMON}>`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...shapes.map((shape) => element(shape, ids)),
    '</svg>',
    '',
  ].join('\n');
}

/** Ids by the path that is drawn more than once. */
type Ids = Map<string, string>;

function element(shape: Shape, ids: Ids): string {
  if (shape.kind === 'text') return textElement(shape);
  return shape.kind === 'path' ? pathElement(shape, ids) : groupElement(shape);
}

function groupElement({ shapes, x, y }: GroupShape): string {
  return `<g${placed(x, y)}>${insideOf(shapes)}</g>`;
}

/** Of all that is drawn the body alone is mirrored, so that ids of one group meet no others. */
const insideOf = memoizeWeak((shapes: GroupShape['shapes']) => {
  const ids: Ids = new Map();
  return shapes.map((shape) => element(shape, ids)).join('');
});

function textElement({ text, x, y, size, fill, isBold, isCentred }: TextShape): string {
  const colour = fill === INK ? '' : ` fill="${fill}"`;
  const bold = isBold === true ? ' font-weight="bold"' : '';
  const anchor = isCentred === true ? ' text-anchor="middle"' : '';
  const at = `x="${round(x)}" y="${round(y)}" font-size="${size}"`;
  return `<text ${at}${colour}${bold}${anchor}>${escaped(text)}</text>`;
}

function pathElement(shape: PathShape, ids: Ids): string {
  const { d, x, y, mirrored } = shape;
  if (mirrored === undefined) return `<path${placed(x, y)} d="${d}"${style(shape)}/>`;
  const known = ids.get(d);
  const id = known ?? `p${ids.size + 1}`;
  ids.set(d, id);
  const half = known === undefined ? `<path id="${id}" d="${d}"${style(shape)}/>` : use(id);
  return `<g${placed(x, y)}>${half}${use(id, ' transform="scale(-1 1)"')}</g>`;
}

function placed(x: number, y: number): string {
  return x === 0 && y === 0 ? '' : ` transform="translate(${round(x)} ${round(y)})"`;
}

/** The older way to refer, which viewers of every age know. */
function use(id: string, attributes = ''): string {
  return `<use xlink:href="#${id}"${attributes}/>`;
}

function style({ fill = 'none', stroke, strokeWidth = 1, dash }: PathShape): string {
  const line = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${strokeWidth}"`;
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return `${fill === INK ? '' : ` fill="${fill}"`}${line}${dashes}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
