// Checks a narrative against R4's txt-1 and txt-2: well-formed XHTML with the elements and attributes of
// https://hl7.org/fhir/R4/narrative.html, as HL7's validator interprets them.

const ELEMENTS = new Set(
  'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo kbd sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'title style class ID id lang xml:lang dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan'.split(
    ' ',
  ),
);
/** Attributes that are allowed on one element only, as `element.attribute`. */
const ELEMENT_ATTRIBUTES = new Set(
  'a.href a.name a.charset a.type a.hreflang a.rel a.rev a.shape a.coords img.src img.border img.alt img.longdesc img.height img.width img.usemap img.ismap div.xmlns blockquote.cite q.cite map.name area.shape area.coords area.href area.nohref area.alt table.summary table.width table.border table.frame table.rules table.cellspacing table.cellpadding pre.xml:space pre.space td.nowrap'.split(
    ' ',
  ),
);

const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)/y;
const ATTRIBUTE = /\s+([A-Za-z][A-Za-z0-9:._-]*)\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const TAG_END = /\s*(\/?)>/y;
const COMMENT = /<!--(?!-?>)[^-]*(?:-[^-]+)*-->/y;
// XML defines five named entities; those of HTML are not valid in XML.
const BAD_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/;

const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';

/** Fast path: tags without attributes, and whether they open an element, close one, or both. */
const PLAIN_TAGS = new Map(
  [...ELEMENTS].flatMap((name): [string, { name: string; effect: 'open' | 'close' | 'both' }][] => [
    [`<${name}>`, { name, effect: 'open' }],
    [`</${name}>`, { name, effect: 'close' }],
    [`<${name} />`, { name, effect: 'both' }],
    [`<${name}/>`, { name, effect: 'both' }],
  ]),
).set(`<div ${XHTML}>`, { name: 'div', effect: 'open' });

const LONGEST_PLAIN_TAG = Math.max(...[...PLAIN_TAGS.keys()].map(({ length }) => length));

/** R4's limit for strings, in characters. A longer narrative violates txt-1 and is not read. */
export const MAX_NARRATIVE = 1_048_576;

/** Nested elements; meaningful narratives have a few dozen. */
const MAX_OPEN = 1000;

/** Whether text is an XHTML `div` with only the content that a narrative may have (txt-1). */
export function isNarrative(xhtml: string): boolean {
  if (xhtml.length > MAX_NARRATIVE) return false;
  const text = xhtml.trim();
  if (!text.startsWith('<div') || (text.includes('&') && BAD_ENTITY.test(text))) return false;
  const outer = text.slice(0, text.indexOf('>') + 1);
  if (!outer.includes(XHTML) && !outer.replaceAll("'", '"').includes(XHTML)) return false;
  const open: string[] = [];
  for (let at = 0; at < text.length; ) {
    const next = open.length === 0 ? at : text.indexOf('<', at);
    if (next < 0 || (open.length === 0 && next > 0)) return false;
    const end = text.startsWith('<!--', next)
      ? endOfMatch(COMMENT, text, next)
      : readTag(text, next, open);
    if (end === undefined || open.length > MAX_OPEN) return false;
    at = end;
  }
  return open.length === 0;
}

/** Whether a narrative has content: text that is not blank, or an image (txt-2). */
export function hasContent(xhtml: string): boolean {
  if (xhtml.length > MAX_NARRATIVE) return true;
  // Fast path: most narratives have text directly after a tag.
  if (/>[^<\s]/.test(xhtml) || /<img\b/.test(xhtml)) return true;
  for (let at = 0; at < xhtml.length; ) {
    const start = xhtml.indexOf('<', at);
    const end = start < 0 ? -1 : xhtml.indexOf('>', start);
    // A `<` that no `>` follows is text, not a tag.
    if (end < 0) return xhtml.slice(at).trim() !== '';
    if (xhtml.slice(at, start).trim() !== '') return true;
    at = end + 1;
  }
  return false;
}

/** The end of the tag at `at`; undefined if it is not allowed there. Updates `open`, the open elements. */
function readTag(text: string, at: number, open: string[]): number | undefined {
  const length = text.slice(at, at + LONGEST_PLAIN_TAG).indexOf('>') + 1;
  const plain = length === 0 ? undefined : PLAIN_TAGS.get(text.slice(at, at + length));
  if (plain === undefined) return readAnyTag(text, at, open);
  if (plain.effect === 'open') open.push(plain.name);
  return plain.effect === 'close' && open.pop() !== plain.name ? undefined : at + length;
}

function readAnyTag(text: string, at: number, open: string[]): number | undefined {
  TAG.lastIndex = at;
  const match = TAG.exec(text);
  if (match === null) return undefined;
  const [, slash, name = ''] = match;
  if (!ELEMENTS.has(name)) return undefined;
  let end = TAG.lastIndex;
  if (slash === '/') {
    return open.pop() === name ? endOfMatch(TAG_END, text, end) : undefined;
  }
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const attribute = ATTRIBUTE.exec(text)?.[1];
    if (attribute === undefined) break;
    if (!ATTRIBUTES.has(attribute) && !ELEMENT_ATTRIBUTES.has(`${name}.${attribute}`))
      return undefined;
    end = ATTRIBUTE.lastIndex;
  }
  TAG_END.lastIndex = end;
  const closing = TAG_END.exec(text);
  if (closing === null) return undefined;
  if (closing[1] !== '/') open.push(name);
  return TAG_END.lastIndex;
}

/** The end of a match at `at`; undefined without a match. */
function endOfMatch(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
