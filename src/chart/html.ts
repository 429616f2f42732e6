// Renders a chart as an XHTML document of plain paragraphs, for receivers that convert it to RTF or text.
import { type Chart, chartSections } from './chart.ts';
import { escapeXml, narrativeDiv } from './narrative.ts';

/** Renders the whole chart; `title` is the title of the document. */
export function chartToHtml(chart: Chart, title: string): string {
  return [
    '<!DOCTYPE html>',
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">',
    `<head><meta charset="utf-8" /><title>${escapeXml(title)}</title></head>`,
    `<body>${narrativeDiv([...chart.notices, ...chartSections(chart)])}</body>`,
    '</html>',
    '',
  ].join('\n');
}
