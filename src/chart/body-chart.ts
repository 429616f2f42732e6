// The body chart: a banner of what bars the needle, the figure, and beside it each site in words.
import type { Assessed, Finding } from '../ims/records/findings.ts';
import type { Members } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { session } from '../ims/schema/session.ts';
import { FIGURE, figureShapes, markShapes } from './figure.ts';
import { labelOf, renderFinding } from './findings.ts';
import { headOf } from './head.ts';
import { legible } from './legible.ts';
import { brokenLines } from './lines.ts';
import { namesOf } from './names.ts';
import type { Block } from './narrative.ts';
import { renderSite } from './places.ts';
import { type Point, pointsOf } from './points.ts';
import { renderRedFlags, renderViolations } from './safety-first.ts';
import { box, label, type Picture, type Shape, widthOf } from './shapes.ts';
import { sitesOf } from './sites.ts';
import { CORRECTED, isUnscreened, titleOf, titleOfSession, UNSCREENED } from './title.ts';
import { renderObject } from './words.ts';

const WIDTH = 900;
const MARGIN = 20;
const LIST = { x: MARGIN + FIGURE.width + 24, width: WIDTH - 2 * MARGIN - FIGURE.width - 24 };

/** The body chart of a record's session; without sites the figure stands bare. */
export function bodyChart(record: ImsRecord, assessed: Assessed): Picture {
  const points = pointsOf(sitesOf(record));
  const head = headShapes(record);
  const banner = bannerShapes(bannerOf(record, assessed), head.bottom);
  const top = banner.bottom + 12;
  const list = listShapes(record, points, top);
  return {
    width: WIDTH,
    height: Math.ceil(Math.max(top + FIGURE.height, list.bottom) + MARGIN),
    shapes: [
      ...head.shapes,
      ...banner.shapes,
      ...figureShapes(points, [MARGIN, top]),
      ...list.shapes,
    ],
  };
}

/** Shapes, and where the next may begin. */
interface Part {
  readonly shapes: readonly Shape[];
  readonly bottom: number;
}

interface Style {
  readonly x: number;
  readonly width: number;
  readonly size: number;
  readonly isBold?: true;
  /** How far lines that go on stand in. */
  readonly hanging?: number;
}

/** Free text on as many lines as it needs, from `y` down. */
function textPart(text: string, y: number, { x, width, size, isBold, hanging = 0 }: Style): Part {
  const measure = (words: string) => widthOf(words) * size * (isBold === true ? 1.1 : 1);
  const lines = brokenLines(legible(text), { first: width, next: width - hanging, measure });
  const bold = isBold === true ? { isBold } : {};
  const height = Math.round(size * 1.35);
  return {
    shapes: lines.map((line, index) =>
      label(line, {
        x: index === 0 ? x : x + hanging,
        y: y + height * (index + 1) - 3,
        size,
        ...bold,
      }),
    ),
    bottom: y + height * lines.length,
  };
}

/** Parts one under the other. */
function stacked(y: number, parts: readonly ((y: number) => Part)[]): Part {
  const shapes: Shape[] = [];
  let bottom = y;
  for (const part of parts) {
    const made = part(bottom);
    shapes.push(...made.shapes);
    bottom = made.bottom;
  }
  return { shapes, bottom };
}

function headShapes(record: ImsRecord): Part {
  const { who, visit } = headOf(record);
  const line = { x: MARGIN, width: WIDTH - 2 * MARGIN };
  return stacked(MARGIN - 6, [
    (y) => textPart(`Body chart: ${who}`, y, { ...line, size: 17, isBold: true }),
    (y) => textPart(visit, y, { ...line, size: 11 }),
  ]);
}

/** Lines of the banner; those in bold come first. */
interface Banner {
  readonly loud: readonly string[];
  readonly quiet: readonly string[];
}

function bannerOf(record: ImsRecord, { findings, detected }: Assessed): Banner {
  const absolute = findings.filter((finding) => finding.class === 'absolute');
  const others = (kind: Finding['class'], words: string) => {
    const names = findings.filter((finding) => finding.class === kind).map(labelOf);
    return names.length === 0 ? [] : [`${words}: ${[...new Set(names)].join('; ')}`];
  };
  const titles = [...titleOf(record), ...titleOfSession(record)].filter(
    ({ lines }) => lines.length > 0,
  );
  const told = (some: readonly Block[]) =>
    some.map(({ heading, lines }) => `${heading}: ${lines.join(' ')}`);
  return {
    loud: [
      ...told(titles.filter(({ heading }) => heading !== CORRECTED)),
      ...(isUnscreened(record) ? [UNSCREENED] : []),
      ...absolute.map((finding) => renderFinding(finding, record)),
      ...renderRedFlags(record),
    ],
    quiet: [
      ...told(titles.filter(({ heading }) => heading === CORRECTED)),
      ...detected.map((one) => renderViolations(one, namesOf(record))),
      ...others('relative', 'Precautions'),
      ...others('ask', 'To be decided'),
    ],
  };
}

/** A frame that nobody overlooks; without anything to tell there is none. */
function bannerShapes({ loud, quiet }: Banner, top: number): Part {
  if (loud.length + quiet.length === 0) return { shapes: [], bottom: top };
  const line = { x: MARGIN + 14, width: WIDTH - 2 * MARGIN - 28, hanging: 14 };
  const told = stacked(top + 14, [
    ...loud.map((text) => (y: number) => textPart(text, y, { ...line, size: 12.5, isBold: true })),
    ...quiet.map((text) => (y: number) => textPart(text, y, { ...line, size: 11.5 })),
  ]);
  const height = told.bottom - top - 8 + 9;
  const frame = {
    kind: 'path',
    x: MARGIN,
    y: top + 8,
    d: box(WIDTH - 2 * MARGIN, height),
  } as const;
  const isLoud = loud.length > 0;
  return {
    shapes: [
      {
        ...frame,
        fill: isLoud ? '#fdecea' : '#ffffff',
        stroke: isLoud ? '#9d1c12' : '#5a5a5a',
        strokeWidth: isLoud ? 2.5 : 1,
      },
      ...told.shapes,
    ],
    bottom: told.bottom + 9,
  };
}

const { sites, sitesNotNeedled } = session.members;
const { twitch, grasp, sensations, painReproduced, painOfNeedling, result } = sites.of.members;
const ANSWERED = { twitch, grasp, sensations, painReproduced, painOfNeedling, result };
const { why, reasons, decidedBy, until } = sitesNotNeedled.of.members;
const LEFT_OUT = { why, reasons, decidedBy, until };

function listShapes(record: ImsRecord, points: readonly Point[], top: number): Part {
  if (points.length === 0) {
    return textPart('This record names no site.', top, { ...LIST, size: 11 });
  }
  return stacked(
    top,
    points.map((point) => (y: number) => entryPart(record, point, y)),
  );
}

function entryPart(record: ImsRecord, { said, response, remark }: Point, top: number): Part {
  const { site, isNeedled, number } = said;
  const members: Members = isNeedled ? ANSWERED : LEFT_OUT;
  const words = Object.fromEntries(
    Object.entries((site.asWritten ?? {}) as object).filter(([name]) => name in members),
  );
  const plain = Object.fromEntries(Object.keys(members).map((name) => [name, site[name]]));
  const details = renderObject(
    { ...plain, asWritten: words, absent: site.absent },
    members,
    namesOf(record),
  );
  const column = { x: LIST.x + 24, width: LIST.width - 24 };
  const made = stacked(top, [
    (y) =>
      textPart(`${isNeedled ? '' : 'NOT NEEDLED: '}${renderSite(site)}`, y, {
        ...column,
        size: 11.5,
        isBold: true,
      }),
    ...(remark === undefined
      ? []
      : [(y: number) => textPart(`(${remark})`, y, { ...column, size: 10.5 })]),
    ...details.map((line) => (y: number) => {
      const indent = 3 * (line.length - line.trimStart().length);
      const at = { x: column.x + indent, width: column.width - indent, size: 10.5, hanging: 12 };
      return textPart(line.trimStart(), y, at);
    }),
  ]);
  return {
    shapes: [...markShapes(response, String(number), [LIST.x + 10, top + 9]), ...made.shapes],
    bottom: Math.max(made.bottom, top + 20) + 5,
  };
}
