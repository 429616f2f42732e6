// The body chart: a banner with contraindications and notices, the figure with the numbered sites,
// and beside it a list of the sites in words.
import type { Finding, RuleResults } from '../ims/records/findings.ts';
import type { Members } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { session } from '../ims/schema/session.ts';
import { renderSite } from './body-site.ts';
import { FIGURE_SIZE, figureShapes, markShapes } from './figure.ts';
import { findingLabel, renderFinding } from './findings.ts';
import { visibleText, wrapLines } from './free-text.ts';
import { headerOf } from './header.ts';
import { namesOf } from './names.ts';
import type { Block } from './narrative.ts';
import {
  CORRECTIONS_HEADING,
  isScreeningUnknown,
  recordNotices,
  SCREENING_UNKNOWN,
  sessionNotices,
} from './notices.ts';
import { numberedSites } from './numbered-sites.ts';
import { renderObject } from './render-object.ts';
import { renderRedFlags, renderViolation } from './safety-blocks.ts';
import { estimateWidth, type Picture, rectanglePath, type Shape, textLine } from './shapes.ts';
import { type SiteMark, siteMarks } from './site-marks.ts';

const WIDTH = 900;
const MARGIN = 20;
const LIST = {
  x: MARGIN + FIGURE_SIZE.width + 24,
  width: WIDTH - 2 * MARGIN - FIGURE_SIZE.width - 24,
};

/** The body chart of a record's session; without sites the figure has no marks. */
export function bodyChart(record: ImsRecord, assessed: RuleResults): Picture {
  const marks = siteMarks(numberedSites(record));
  const header = headerSection(record);
  const banner = bannerSection(bannerOf(record, assessed), header.bottom);
  const top = banner.bottom + 12;
  const list = listSection(record, marks, top);
  return {
    width: WIDTH,
    height: Math.ceil(Math.max(top + FIGURE_SIZE.height, list.bottom) + MARGIN),
    shapes: [
      ...header.shapes,
      ...banner.shapes,
      ...figureShapes(marks, [MARGIN, top]),
      ...list.shapes,
    ],
  };
}

/** Shapes of one part of the picture, and where the next part may begin. */
interface Section {
  readonly shapes: readonly Shape[];
  readonly bottom: number;
}

interface TextBox {
  readonly x: number;
  readonly width: number;
  readonly size: number;
  readonly isBold?: true;
  /** Indent of continuation lines. */
  readonly hanging?: number;
}

/** Free text wrapped to the width of its box, from `y` down. */
function textSection(text: string, y: number, box: TextBox): Section {
  const { x, width, size, isBold, hanging = 0 } = box;
  const measure = (words: string) => estimateWidth(words) * size * (isBold === true ? 1.1 : 1);
  const lines = wrapLines(visibleText(text), {
    firstWidth: width,
    nextWidth: width - hanging,
    measure,
  });
  const bold = isBold === true ? { isBold } : {};
  const lineHeight = Math.round(size * 1.35);
  return {
    shapes: lines.map((line, index) =>
      textLine(line, {
        x: index === 0 ? x : x + hanging,
        y: y + lineHeight * (index + 1) - 3,
        size,
        ...bold,
      }),
    ),
    bottom: y + lineHeight * lines.length,
  };
}

/** Sections one below the other. */
function stack(y: number, parts: readonly ((y: number) => Section)[]): Section {
  const shapes: Shape[] = [];
  let bottom = y;
  for (const part of parts) {
    const section = part(bottom);
    shapes.push(...section.shapes);
    bottom = section.bottom;
  }
  return { shapes, bottom };
}

function headerSection(record: ImsRecord): Section {
  const { patient, visit } = headerOf(record);
  const fullWidth = { x: MARGIN, width: WIDTH - 2 * MARGIN };
  return stack(MARGIN - 6, [
    (y) => textSection(`Body chart: ${patient}`, y, { ...fullWidth, size: 17, isBold: true }),
    (y) => textSection(visit, y, { ...fullWidth, size: 11 }),
  ]);
}

/** The lines of the banner, by emphasis. */
interface Banner {
  readonly bold: readonly string[];
  readonly plain: readonly string[];
}

function bannerOf(record: ImsRecord, { findings, violations }: RuleResults): Banner {
  const absolute = findings.filter((finding) => finding.class === 'absolute');
  const labelsOf = (kind: Finding['class'], heading: string) => {
    const labels = findings.filter((finding) => finding.class === kind).map(findingLabel);
    return labels.length === 0 ? [] : [`${heading}: ${[...new Set(labels)].join('; ')}`];
  };
  const notices = [...recordNotices(record), ...sessionNotices(record)].filter(
    ({ lines }) => lines.length > 0,
  );
  const asLines = (blocks: readonly Block[]) =>
    blocks.map(({ heading, lines }) => `${heading}: ${lines.join(' ')}`);
  return {
    bold: [
      ...asLines(notices.filter(({ heading }) => heading !== CORRECTIONS_HEADING)),
      ...(isScreeningUnknown(record) ? [SCREENING_UNKNOWN] : []),
      ...absolute.map((finding) => renderFinding(finding, record)),
      ...renderRedFlags(record),
    ],
    plain: [
      ...asLines(notices.filter(({ heading }) => heading === CORRECTIONS_HEADING)),
      ...violations.map((violation) => renderViolation(violation, namesOf(record))),
      ...labelsOf('relative', 'Precautions'),
      ...labelsOf('ask', 'To be decided'),
    ],
  };
}

/** The banner in a conspicuous frame; no shapes without lines. */
function bannerSection({ bold, plain }: Banner, top: number): Section {
  if (bold.length + plain.length === 0) return { shapes: [], bottom: top };
  const box = { x: MARGIN + 14, width: WIDTH - 2 * MARGIN - 28, hanging: 14 };
  const content = stack(top + 14, [
    ...bold.map(
      (text) => (y: number) => textSection(text, y, { ...box, size: 12.5, isBold: true }),
    ),
    ...plain.map((text) => (y: number) => textSection(text, y, { ...box, size: 11.5 })),
  ]);
  const height = content.bottom - top - 8 + 9;
  const frame = {
    kind: 'path',
    x: MARGIN,
    y: top + 8,
    d: rectanglePath(WIDTH - 2 * MARGIN, height),
  } as const;
  const isWarning = bold.length > 0;
  return {
    shapes: [
      {
        ...frame,
        fill: isWarning ? '#fdecea' : '#ffffff',
        stroke: isWarning ? '#9d1c12' : '#5a5a5a',
        strokeWidth: isWarning ? 2.5 : 1,
      },
      ...content.shapes,
    ],
    bottom: content.bottom + 9,
  };
}

const { sites, sitesNotNeedled } = session.members;
const { twitch, grasp, sensations, painReproduced, painOfNeedling, result } = sites.of.members;
const NEEDLED_DETAILS = { twitch, grasp, sensations, painReproduced, painOfNeedling, result };
const { why, reasons, decidedBy, until } = sitesNotNeedled.of.members;
const NOT_NEEDLED_DETAILS = { why, reasons, decidedBy, until };

function listSection(record: ImsRecord, marks: readonly SiteMark[], top: number): Section {
  if (marks.length === 0) {
    return textSection('No sites are recorded.', top, { ...LIST, size: 11 });
  }
  return stack(
    top,
    marks.map((mark) => (y: number) => entrySection(record, mark, y)),
  );
}

function entrySection(record: ImsRecord, mark: SiteMark, top: number): Section {
  const { response, remark } = mark;
  const { site, isNeedled, number } = mark.site;
  const column = { x: LIST.x + 24, width: LIST.width - 24 };
  const entry = stack(top, [
    (y) =>
      textSection(`${isNeedled ? '' : 'NOT NEEDLED: '}${renderSite(site)}`, y, {
        ...column,
        size: 11.5,
        isBold: true,
      }),
    ...(remark === undefined
      ? []
      : [(y: number) => textSection(`(${remark})`, y, { ...column, size: 10.5 })]),
    ...entryDetails(record, mark).map((line) => (y: number) => {
      const indent = 3 * (line.length - line.trimStart().length);
      const box = { x: column.x + indent, width: column.width - indent, size: 10.5, hanging: 12 };
      return textSection(line.trimStart(), y, box);
    }),
  ]);
  return {
    shapes: [...markShapes(response, String(number), [LIST.x + 10, top + 9]), ...entry.shapes],
    bottom: Math.max(entry.bottom, top + 20) + 5,
  };
}

/** The response to needling, or why the site was not needled. */
function entryDetails(record: ImsRecord, { site: { site, isNeedled } }: SiteMark): string[] {
  const members: Members = isNeedled ? NEEDLED_DETAILS : NOT_NEEDLED_DETAILS;
  const asWritten = Object.fromEntries(
    Object.entries((site.asWritten ?? {}) as object).filter(([name]) => name in members),
  );
  const values = Object.fromEntries(Object.keys(members).map((name) => [name, site[name]]));
  return renderObject({ ...values, asWritten, absent: site.absent }, members, namesOf(record));
}
