/** A base address or path without slashes at its end. */
export function withoutEndSlashes(base: string): string {
  let end = base.length;
  while (base[end - 1] === '/') end--;
  return base.slice(0, end);
}
