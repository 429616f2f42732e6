// Renders a picture as SVG without scripts, external resources and links; text is escaped.
import { memoizeWeak } from '../memoize.ts';
import { escapeXml } from './narrative.ts';
import {
  type GroupShape,
  INK,
  oneDecimal,
  type PathShape,
  type Picture,
  type Shape,
  type TextShape,
} from './shapes.ts';

const FONTS = "'DejaVu Sans',Verdana,'Noto Sans',Arial,sans-serif";
const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

/** Attributes that most shapes inherit from the root element. */
const ROOT_ATTRIBUTES = `font-family="${FONTS}" fill="${INK}" stroke-linejoin="round" stroke-linecap="round"`;

/** The picture as an SVG document; `title` is its accessible name. */
export function pictureToSvg({ width, height, shapes }: Picture, title: string): string {
  const ids: Ids = new Map();
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg ${NAMESPACES} ${size} role="img" ${ROOT_ATTRIBUTES}>`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...shapes.map((shape) => element(shape, ids)),
    '</svg>',
    '',
  ].join('\n');
}

/** Ids of mirrored paths, by path data. A path is written once; its mirror image refers to the id. */
type Ids = Map<string, string>;

function element(shape: Shape, ids: Ids): string {
  if (shape.kind === 'text') return textElement(shape);
  return shape.kind === 'path' ? pathElement(shape, ids) : groupElement(shape);
}

function groupElement({ shapes, x, y }: GroupShape): string {
  return `<g${translate(x, y)}>${groupContent(shapes)}</g>`;
}

/** The group of the body is the only one with mirrored paths, so its ids are unique in the document. */
const groupContent = memoizeWeak((shapes: GroupShape['shapes']) => {
  const ids: Ids = new Map();
  return shapes.map((shape) => element(shape, ids)).join('');
});

function textElement({ text, x, y, size, fill, isBold, isCentred }: TextShape): string {
  const colour = fill === INK ? '' : ` fill="${fill}"`;
  const bold = isBold === true ? ' font-weight="bold"' : '';
  const anchor = isCentred === true ? ' text-anchor="middle"' : '';
  const position = `x="${oneDecimal(x)}" y="${oneDecimal(y)}" font-size="${size}"`;
  return `<text ${position}${colour}${bold}${anchor}>${escapeXml(text)}</text>`;
}

function pathElement(shape: PathShape, ids: Ids): string {
  const { d, x, y, isMirrored } = shape;
  if (isMirrored === undefined) return `<path${translate(x, y)} d="${d}"${style(shape)}/>`;
  const existingId = ids.get(d);
  const id = existingId ?? `p${ids.size + 1}`;
  ids.set(d, id);
  const original =
    existingId === undefined ? `<path id="${id}" d="${d}"${style(shape)}/>` : use(id);
  return `<g${translate(x, y)}>${original}${use(id, ' transform="scale(-1 1)"')}</g>`;
}

function translate(x: number, y: number): string {
  return x === 0 && y === 0 ? '' : ` transform="translate(${oneDecimal(x)} ${oneDecimal(y)})"`;
}

/** Repeats the element with the id. Older viewers know only `xlink:href`, not `href`. */
function use(id: string, attributes = ''): string {
  return `<use xlink:href="#${id}"${attributes}/>`;
}

function style({ fill = 'none', stroke, strokeWidth = 1, dash }: PathShape): string {
  const line = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${strokeWidth}"`;
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return `${fill === INK ? '' : ` fill="${fill}"`}${line}${dashes}`;
}
