// Values of FHIR search parameters.

/**
 * Escapes literal text for a search value: https://hl7.org/fhir/R4/search.html#escaping
 * Does not percent-encode.
 */
export function escapeSearchValue(text: string): string {
  return text.replace(/[\\,|$]/g, '\\$&');
}

/** Reverses `escapeSearchValue`. */
export function unescapeSearchValue(value: string): string {
  return value.replace(/\\([\\,|$])/g, '$1');
}

/** Splits a search value at unescaped separators; the parts stay escaped. */
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

/** A token search value: `system|code` or `system|identifier value`, escaped. */
export function tokenOf(system: string | undefined, value: string): string {
  const code = escapeSearchValue(value);
  return system === undefined ? code : `${escapeSearchValue(system)}|${code}`;
}
