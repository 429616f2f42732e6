// JSON pointers (RFC 6901): how an issue says where in a record it lies.

/** Longer than the name of any member; a longer one would be repeated in each issue below it. */
const MAX_STEP = 400;

/** The pointer to `path`; the whole document is the empty string. Names are cut after 400 characters. */
export function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${shortened(step).replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}

function shortened(step: PropertyKey): string {
  const name = String(step);
  return name.length > MAX_STEP ? `${name.slice(0, MAX_STEP)}…` : name;
}
