// What R4 allows in a narrative (txt-1, txt-2): a subset of XHTML, well formed. The lists are those
// of https://hl7.org/fhir/R4/narrative.html as HL7's validator reads them.

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
const OF_ONE_ELEMENT = new Set(
  'a.href a.name a.charset a.type a.hreflang a.rel a.rev a.shape a.coords img.src img.border img.alt img.longdesc img.height img.width img.usemap img.ismap div.xmlns blockquote.cite q.cite map.name area.shape area.coords area.href area.nohref area.alt table.summary table.width table.border table.frame table.rules table.cellspacing table.cellpadding pre.xml:space pre.space td.nowrap'.split(
    ' ',
  ),
);

const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)/y;
const ATTRIBUTE = /\s+([A-Za-z][A-Za-z0-9:._-]*)\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const TAG_END = /\s*(\/?)>/y;
const COMMENT = /<!--(?!-?>)[^-]*(?:-[^-]+)*-->/y;
// XML knows five names; those of HTML are unknown to a reader of XML.
const BAD_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/;

const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';

/** Tags without attributes, as nearly all are written: what they do to the elements around. */
const PLAIN_TAGS = new Map(
  [...ELEMENTS].flatMap((name): [string, { name: string; does: 'open' | 'close' | 'both' }][] => [
    [`<${name}>`, { name, does: 'open' }],
    [`</${name}>`, { name, does: 'close' }],
    [`<${name} />`, { name, does: 'both' }],
    [`<${name}/>`, { name, does: 'both' }],
  ]),
).set(`<div ${XHTML}>`, { name: 'div', does: 'open' });

const LONGEST_PLAIN_TAG = Math.max(...[...PLAIN_TAGS.keys()].map(({ length }) => length));

/**
 * Characters of a narrative that are looked at: R4 allows no longer string. A longer narrative breaks
 * txt-1 unread.
 */
export const MAX_NARRATIVE = 1_048_576;

/** Elements around each other; HTML of any use has a few dozen. */
const MAX_OPEN = 1000;

/** Whether text is a `div` of XHTML with nothing in it that a narrative may not have. */
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
    const end = text.startsWith('<!--', next) ? after(COMMENT, text, next) : tag(text, next, open);
    if (end === undefined || open.length > MAX_OPEN) return false;
    at = end;
  }
  return open.length === 0;
}

/** Whether a narrative says anything: text that is not blank, or an image. */
export function hasContent(xhtml: string): boolean {
  if (xhtml.length > MAX_NARRATIVE) return true;
  // A letter right behind a tag is the rule; without it the whole text is looked at.
  if (/>[^<\s]/.test(xhtml) || /<img\b/.test(xhtml)) return true;
  for (let at = 0; at < xhtml.length; ) {
    const start = xhtml.indexOf('<', at);
    const end = start < 0 ? -1 : xhtml.indexOf('>', start);
    // Without an end it is no tag but text.
    if (end < 0) return xhtml.slice(at).trim() !== '';
    if (xhtml.slice(at, start).trim() !== '') return true;
    at = end + 1;
  }
  return false;
}

/** Where the tag at `at` ends; undefined where it may not stand. Keeps `open`, the elements around. */
function tag(text: string, at: number, open: string[]): number | undefined {
  const found = text.slice(at, at + LONGEST_PLAIN_TAG).indexOf('>');
  const plain = found < 0 ? undefined : PLAIN_TAGS.get(text.slice(at, at + found + 1));
  if (plain === undefined) return anyTag(text, at, open);
  if (plain.does === 'open') open.push(plain.name);
  return plain.does === 'close' && open.pop() !== plain.name ? undefined : at + found + 1;
}

function anyTag(text: string, at: number, open: string[]): number | undefined {
  TAG.lastIndex = at;
  const match = TAG.exec(text);
  if (match === null) return undefined;
  const [, slash, name = ''] = match;
  if (!ELEMENTS.has(name)) return undefined;
  let end = TAG.lastIndex;
  if (slash === '/') {
    return open.pop() === name ? after(TAG_END, text, end) : undefined;
  }
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const attribute = ATTRIBUTE.exec(text)?.[1];
    if (attribute === undefined) break;
    if (!ATTRIBUTES.has(attribute) && !OF_ONE_ELEMENT.has(`${name}.${attribute}`)) return undefined;
    end = ATTRIBUTE.lastIndex;
  }
  TAG_END.lastIndex = end;
  const closing = TAG_END.exec(text);
  if (closing === null) return undefined;
  if (closing[1] !== '/') open.push(name);
  return TAG_END.lastIndex;
}

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
