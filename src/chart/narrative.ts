// XHTML that survives every EMR: paragraphs, bold, line breaks. No table, style, script, svg, for
// some receivers turn narratives into RTF and drop the rest.

import { legible } from './legible.ts';

/** A heading and the lines under it; without lines it is left out. */
export interface Block {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** A narrative `div` of blocks; free text is escaped, indents stay visible. */
export function xhtml(blocks: readonly Block[]): string {
  const parts = ['<div xmlns="http://www.w3.org/1999/xhtml">'];
  for (const { heading, lines } of blocks) {
    if (lines.length === 0) continue;
    parts.push('<p><b>', escaped(heading), '</b>');
    for (const one of lines) parts.push('<br />', line(one));
    parts.push('</p>');
  }
  parts.push('</div>');
  return parts.join('');
}

function line(text: string): string {
  if (PLAIN.test(text)) return text;
  const indent = text.length - text.trimStart().length;
  const words = legible(text.trimStart());
  return '\u00a0'.repeat(indent) + escaped(words).replaceAll('\n', '<br />');
}

/** What nearly all lines are: nothing to escape, to name or to keep visible. */
const PLAIN = /^[!#-%'-;=?-~][ !#-%'-;=?-\u1FFF]*$/;

/** Free text as text of a document, whatever it holds. */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const SPECIAL = /[&<>"]/;
