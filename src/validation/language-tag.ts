/** Longer than any tag in use; RFC 5646 asks readers for 35 characters. */
const LONGEST = 200;

/**
 * True for a well-formed language tag: language, script, region, variants, extensions, private use
 * (https://www.rfc-editor.org/rfc/rfc5646#section-2.1). Each part is looked at once: as one pattern,
 * nobody could show that it takes linear time.
 */
export function isLanguageTag(tag: string): boolean {
  if (tag.length > LONGEST) return false;
  const parts = tag.split('-');
  let at = 0;
  const take = (pattern: RegExp, most = parts.length): number => {
    const start = at;
    while (at - start < most && pattern.test(parts[at] ?? '')) at++;
    return at - start;
  };
  if (take(/^[a-z]{2,3}$/i, 1) > 0) take(/^[a-z]{3}$/i, 3);
  else if (take(/^[a-z]{4,8}$/i, 1) === 0) return false;
  take(/^[a-z]{4}$/i, 1);
  take(/^(?:[a-z]{2}|\d{3})$/i, 1);
  take(/^(?:[a-z\d]{5,8}|\d[a-z\d]{3})$/i);
  while (take(/^[a-wyz\d]$/i, 1) > 0) if (take(/^[a-z\d]{2,8}$/i) === 0) return false;
  if (take(/^x$/i, 1) > 0 && take(/^[a-z\d]{1,8}$/i) === 0) return false;
  return at === parts.length;
}
