// JSON pointers (RFC 6901): the location of an issue or a difference in a record.

/** Longer than any member name of a record; a longer name would be repeated in each issue below it. */
const MAX_NAME = 400;

/** The JSON pointer to `path`; '' is the whole document. Names are cut after 400 characters. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map(pointerStep).join('');
}

/** One step of a JSON pointer, with its slash. */
export function pointerStep(step: PropertyKey): string {
  const name = String(step);
  const short = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
  return `/${short.replace(/~/g, '~0').replace(/\//g, '~1')}`;
}
