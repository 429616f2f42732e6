// The forms a record can be shown in, and what each needs.
import { bodyChart } from '../chart/body-chart.ts';
import { type Chart, chartOf } from '../chart/chart.ts';
import { chartDocument } from '../chart/document.ts';
import { figureShapes } from '../chart/figure.ts';
import { headOf } from '../chart/head.ts';
import { pointsOf } from '../chart/points.ts';
import { sitesOf } from '../chart/sites.ts';
import { svg } from '../chart/svg.ts';
import { chartText } from '../chart/text.ts';
import { AdapterError, isMissingPackage } from '../errors.ts';
import type { Assessed } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** Words as text or page, the body chart as drawing or picture, all of it for print. */
export const FORMATS = ['txt', 'html', 'svg', 'png', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];
/** Formats that are no text. */
export const BINARY: ReadonlySet<Format> = new Set(['png', 'pdf']);

/** A record to show. */
export interface Subject {
  readonly record: ImsRecord;
  readonly assess: (record: ImsRecord) => Assessed;
  /** Files of fonts beside those of packages. */
  readonly fontFiles: readonly string[];
}

/** What came of it. */
export interface Rendered {
  readonly content: string | Uint8Array;
  /** Characters that no font holds, by the numbers that stand in their place: "U+9673". */
  readonly missing: readonly string[];
}

/** The record in one format. Throws AdapterError `invalid-config` where optional packages are missing. */
export async function render(format: Format, subject: Subject): Promise<Rendered> {
  if (format === 'png') return renderPng(subject);
  if (format === 'pdf') return renderPdf(subject);
  const { record, assess } = subject;
  const text = { txt: textOf, html: pageOf, svg: drawingOf }[format];
  return { content: text(record, assess(record)), missing: [] };
}

function textOf(record: ImsRecord, assessed: Assessed): string {
  return chartText(chartOf(record, assessed));
}

function pageOf(record: ImsRecord, assessed: Assessed): string {
  return chartDocument(chartOf(record, assessed), titleOf(record));
}

function drawingOf(record: ImsRecord, assessed: Assessed): string {
  return svg(bodyChart(record, assessed), titleOf(record));
}

function titleOf(record: ImsRecord): string {
  const { who, visit } = headOf(record);
  return `IMS chart of ${who} · ${visit}`;
}

const PNG_PACKAGES = ['@resvg/resvg-js', 'fontkit', 'dejavu-fonts-ttf'];
const PDF_PACKAGES = ['pdfkit', 'fontkit', 'dejavu-fonts-ttf'];

async function renderPng(subject: Subject): Promise<Rendered> {
  const { drawn, fonts, png } = await needing('png', PNG_PACKAGES, async () => {
    const { png } = await import('./png.ts');
    return { png, ...(await drawable(subject)) };
  });
  const picture = bodyChart(drawn.record, subject.assess(drawn.record));
  return { content: png(picture, fonts), missing: drawn.missing };
}

async function renderPdf(subject: Subject): Promise<Rendered> {
  const { drawn, fonts, pdf } = await needing('pdf', PDF_PACKAGES, async () => {
    const { pdf } = await import('./pdf.ts');
    return { pdf, ...(await drawable(subject)) };
  });
  const { record, missing } = drawn;
  const chart: Chart = chartOf(record, subject.assess(record));
  const points = pointsOf(sitesOf(record));
  const { who, visit } = headOf(record);
  const print = {
    ...{ chart, title: titleOf(record), foot: `${who} · ${visit}`, recordedAt: record.recordedAt },
    ...(points.length === 0 ? {} : { figure: figureShapes(points, [0, 0]) }),
  };
  return { content: await pdf(print, fonts), missing };
}

/** Fonts, and the record as far as they can show it. */
async function drawable({ record, fontFiles }: Subject) {
  const { loadFonts, showable } = await import('./fonts.ts');
  const fonts = loadFonts(fontFiles);
  return { fonts, drawn: showable(record, fonts) };
}

async function needing<T>(
  format: string,
  packages: readonly string[],
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissingPackage(cause, packages)) throw cause;
    throw new AdapterError(
      'invalid-config',
      `--format ${format} needs optional packages: npm install ${packages.join(' ')}`,
      { cause },
    );
  }
}
