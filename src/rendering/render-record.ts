// Renders a record in any of the chart formats. PNG and PDF need optional packages, which are loaded
// only when one of these formats is requested.
import { bodyChart } from '../chart/body-chart.ts';
import { chartOf, chartSections } from '../chart/chart.ts';
import { figureShapes } from '../chart/figure.ts';
import { headerOf } from '../chart/header.ts';
import { htmlDocument } from '../chart/narrative.ts';
import { numberedSites } from '../chart/numbered-sites.ts';
import { chartToText } from '../chart/plain-text.ts';
import { siteMarks } from '../chart/site-marks.ts';
import { pictureToSvg } from '../chart/svg.ts';
import { AdapterError, isMissingPackage } from '../errors.ts';
import type { RuleResults } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** txt, html and pdf: the whole chart; svg and png: the body chart. */
export const CHART_FORMATS = ['txt', 'html', 'svg', 'png', 'pdf'] as const;
export type ChartFormat = (typeof CHART_FORMATS)[number];
/** Formats that are bytes, not text. */
export const BINARY_FORMATS: ReadonlySet<ChartFormat> = new Set(['png', 'pdf']);

/** A record to render. */
export interface RenderInput {
  readonly record: ImsRecord;
  readonly assess: (record: ImsRecord) => RuleResults;
  /** Font files to use in addition to the installed font packages. */
  readonly fontFiles: readonly string[];
}

/** A rendered record. */
export interface RenderedChart {
  readonly content: string | Uint8Array;
  /** Characters without a glyph in any font, shown in the chart by code point: "U+9673". */
  readonly missingCharacters: readonly string[];
}

/** The record in one format. Throws AdapterError `invalid-config` if an optional package is missing. */
export async function renderRecord(
  format: ChartFormat,
  input: RenderInput,
): Promise<RenderedChart> {
  if (format === 'png') return renderPng(input);
  if (format === 'pdf') return renderPdf(input);
  const { record, assess } = input;
  const renderText = { txt: renderTxt, html: renderHtml, svg: renderSvg }[format];
  return { content: renderText(record, assess(record)), missingCharacters: [] };
}

function renderTxt(record: ImsRecord, assessed: RuleResults): string {
  return chartToText(chartOf(record, assessed));
}

function renderHtml(record: ImsRecord, assessed: RuleResults): string {
  const chart = chartOf(record, assessed);
  return htmlDocument(documentTitle(record), [...chart.notices, ...chartSections(chart)]);
}

function renderSvg(record: ImsRecord, assessed: RuleResults): string {
  return pictureToSvg(bodyChart(record, assessed), documentTitle(record));
}

function documentTitle(record: ImsRecord): string {
  const { patient, visit } = headerOf(record);
  return `IMS chart of ${patient} · ${visit}`;
}

const PNG_PACKAGES = ['@resvg/resvg-js', 'fontkit', 'dejavu-fonts-ttf'];
const PDF_PACKAGES = ['pdfkit', 'fontkit', 'dejavu-fonts-ttf'];

async function renderPng(input: RenderInput): Promise<RenderedChart> {
  const { record, missingCharacters, fonts, pictureToPng } = await withOptionalPackages(
    'png',
    PNG_PACKAGES,
    async () => ({ ...(await import('./png.ts')), ...(await loadWithFonts(input)) }),
  );
  const picture = bodyChart(record, input.assess(record));
  return { content: pictureToPng(picture, fonts), missingCharacters };
}

async function renderPdf(input: RenderInput): Promise<RenderedChart> {
  const { record, missingCharacters, fonts, chartToPdf } = await withOptionalPackages(
    'pdf',
    PDF_PACKAGES,
    async () => ({ ...(await import('./pdf.ts')), ...(await loadWithFonts(input)) }),
  );
  const marks = siteMarks(numberedSites(record));
  const { patient, visit } = headerOf(record);
  const printable = {
    chart: chartOf(record, input.assess(record)),
    title: documentTitle(record),
    footer: `${patient} · ${visit}`,
    recordedAt: record.recordedAt,
    ...(marks.length === 0 ? {} : { figure: figureShapes(marks, [0, 0]) }),
  };
  return { content: await chartToPdf(printable, fonts), missingCharacters };
}

/** The fonts, and the record with characters they lack replaced. */
async function loadWithFonts({ record, fontFiles }: RenderInput) {
  const { loadFonts, replaceMissingGlyphs } = await import('./fonts.ts');
  const fonts = loadFonts(fontFiles);
  return { fonts, ...replaceMissingGlyphs(record, fonts) };
}

async function withOptionalPackages<T>(
  format: ChartFormat,
  packages: readonly string[],
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissingPackage(cause, packages)) throw cause;
    throw new AdapterError(
      'invalid-config',
      `The ${format} format requires optional packages:\nnpm install ${packages.join(' ')}`,
      { cause },
    );
  }
}
