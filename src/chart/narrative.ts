// FHIR narratives and whole charts as XHTML. They contain paragraphs, bold text and line breaks only,
// because some receivers convert them to RTF and drop tables, styles and drawings.
import { visibleText } from './free-text.ts';

/** A heading and the lines under it; a block without lines is not shown. */
export interface Block {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Renders blocks as the `div` of a narrative; text is escaped, indents are kept. */
export function narrativeDiv(blocks: readonly Block[]): string {
  const parts = ['<div xmlns="http://www.w3.org/1999/xhtml">'];
  for (const { heading, lines } of blocks) {
    if (lines.length === 0) continue;
    parts.push('<p><b>', escapeXml(heading), '</b>');
    for (const text of lines) parts.push('<br />', renderLineXhtml(text));
    parts.push('</p>');
  }
  parts.push('</div>');
  return parts.join('');
}

/** Renders blocks as an XHTML document. */
export function htmlDocument(title: string, blocks: readonly Block[]): string {
  return [
    '<!DOCTYPE html>',
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">',
    `<head><meta charset="utf-8" /><title>${escapeXml(title)}</title></head>`,
    `<body>${narrativeDiv(blocks)}</body>`,
    '</html>',
    '',
  ].join('\n');
}

function renderLineXhtml(text: string): string {
  if (NOTHING_TO_ESCAPE.test(text)) return text;
  const indent = text.length - text.trimStart().length;
  const content = visibleText(text.trimStart());
  return '\u00a0'.repeat(indent) + escapeXml(content).replaceAll('\n', '<br />');
}

/** Most lines, which are copied: no markup, no hidden characters, no indent, no line break. */
const NOTHING_TO_ESCAPE = /^[!#-%'-;=?-~][ !#-%'-;=?-\u1FFF]*$/;

/** Escapes text for XML content and attribute values. */
export function escapeXml(text: string): string {
  if (!XML_SPECIAL.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const XML_SPECIAL = /[&<>"]/;
