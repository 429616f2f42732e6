// A chart as one XHTML document of paragraphs, for receivers that turn it into their own format.
import { type Chart, sectionsOf } from './chart.ts';
import { escaped, xhtml } from './narrative.ts';

/** The whole chart; `title` names it in a browser's tab. */
export function chartDocument(chart: Chart, title: string): string {
  return [
    '<!DOCTYPE html>',
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">',
    `<head><meta charset="utf-8" /><title>${escaped(title)}</title></head>`,
    `<body>${xhtml([...chart.titles, ...sectionsOf(chart)])}</body>`,
    '</html>',
    '',
  ].join('\n');
}
