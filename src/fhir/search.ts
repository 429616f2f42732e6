/**
 * A literal text as part of a search value: https://hl7.org/fhir/R4/search.html#escaping
 * Percent-encoding comes afterwards and is not done here.
 */
export function escapeSearchValue(text: string): string {
  return text.replace(/[\\,|$]/g, '\\$&');
}

/** The text that `escapeSearchValue` was given. */
export function unescapeSearchValue(value: string): string {
  return value.replace(/\\([\\,|$])/g, '$1');
}

/** The parts of a search value between `separator`s that are not escaped; the parts stay escaped. */
export function splitSearchValue(value: string, separator: ',' | '|' | '$'): string[] {
  const parts = [''];
  for (let index = 0; index < value.length; index++) {
    const character = value[index] ?? '';
    if (character === separator) {
      parts.push('');
      continue;
    }
    const pair = character === '\\' ? value.slice(index, index + 2) : character;
    parts[parts.length - 1] += pair;
    index += pair.length - 1;
  }
  return parts;
}

/** A token of system and code, or of system and identifier value, as a search value. */
export function tokenOf(system: string | undefined, value: string): string {
  const code = escapeSearchValue(value);
  return system === undefined ? code : `${escapeSearchValue(system)}|${code}`;
}
