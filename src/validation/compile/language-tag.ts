/** Longer than any tag in use: RFC 5646 requires readers to support 35 characters. */
const MAX_LENGTH = 200;

/**
 * True for a well-formed language tag: language, script, region, variants, extensions, private use
 * (https://www.rfc-editor.org/rfc/rfc5646#section-2.1). The parts are matched one after the other
 * because a single pattern could not be shown to run in linear time.
 */
export function isLanguageTag(tag: string): boolean {
  if (tag.length > MAX_LENGTH) return false;
  const parts = tag.split('-');
  let index = 0;
  const take = (pattern: RegExp, most = parts.length): number => {
    const start = index;
    while (index - start < most && pattern.test(parts[index] ?? '')) index++;
    return index - start;
  };
  if (take(/^[a-z]{2,3}$/i, 1) > 0) take(/^[a-z]{3}$/i, 3);
  else if (take(/^[a-z]{4,8}$/i, 1) === 0) return false;
  take(/^[a-z]{4}$/i, 1);
  take(/^(?:[a-z]{2}|\d{3})$/i, 1);
  take(/^(?:[a-z\d]{5,8}|\d[a-z\d]{3})$/i);
  while (take(/^[a-wyz\d]$/i, 1) > 0) if (take(/^[a-z\d]{2,8}$/i) === 0) return false;
  if (take(/^x$/i, 1) > 0 && take(/^[a-z\d]{1,8}$/i) === 0) return false;
  return index === parts.length;
}
