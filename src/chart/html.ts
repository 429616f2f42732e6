// A chart as one XHTML document of paragraphs, for receivers that convert it to their own format.
import { type Chart, chartSections } from './chart.ts';
import { escapeXml, xhtml } from './narrative.ts';

/** The whole chart; `title` is the title of the document. */
export function chartToHtml(chart: Chart, title: string): string {
  return [
    '<!DOCTYPE html>',
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">',
    `<head><meta charset="utf-8" /><title>${escapeXml(title)}</title></head>`,
    `<body>${xhtml([...chart.notices, ...chartSections(chart)])}</body>`,
    '</html>',
    '',
  ].join('\n');
}
