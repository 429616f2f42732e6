// Free text as anybody may see it: what it says, and nothing that works behind the reader's back.

/** Free text in characters that only mean themselves: blanks for tabs, names for hidden marks. */
export function legible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(HIDDEN, (mark) => `[U+${mark.codePointAt(0)?.toString(16).toUpperCase()}]`);
}

/** What nearly all text is. */
const PLAIN = /^[\n\u0020-\u1FFF]*$/;
/** Marks that turn the direction of what follows, so that words could read as their opposite. */
const HIDDEN = /[\u202A-\u202E\u2066-\u2069]/g;
