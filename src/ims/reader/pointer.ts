// JSON pointers (RFC 6901): how an issue says where in a record it lies.

/** The pointer to `path`; the whole document is the empty string. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
