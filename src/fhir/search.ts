// Escapes, splits and builds the values of FHIR search parameters.

/**
 * Escapes text for use in a search value: https://hl7.org/fhir/R4/search.html#escaping
 * The result still has to be percent-encoded.
 */
export function escapeSearchValue(text: string): string {
  return text.replace(/[\\,|$]/g, '\\$&');
}

/** Reverses `escapeSearchValue`. */
export function unescapeSearchValue(value: string): string {
  return value.replace(/\\([\\,|$])/g, '$1');
}

/** Splits a search value at unescaped separators. The parts are not unescaped. */
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

/** An escaped token: `system|value`, where the value is a code or the value of an identifier. */
export function tokenOf(system: string | undefined, value: string): string {
  const escaped = escapeSearchValue(value);
  return system === undefined ? escaped : `${escapeSearchValue(system)}|${escaped}`;
}
