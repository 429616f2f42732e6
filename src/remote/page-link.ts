import type { Base } from './transport.ts';

/**
 * Names that mean something only where the server stands: behind a proxy many servers write their
 * own into links. A name without a dot is a container's or a service's.
 */
const INTERNAL: readonly RegExp[] = [
  /^[a-z0-9_-]+$/i,
  /\.(?:local|localhost|localdomain|internal|intranet|lan|svc|home\.arpa)$/i,
  /^(?:127|10)\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^\[(?:::1|f[cd].*)\]$/i,
];

function isInternal(hostname: string): boolean {
  return INTERNAL.some((one) => one.test(hostname));
}

/**
 * Path and query of a next link as they are to be asked for, verbatim: a server's links are opaque.
 * Undefined when it leads outside of the target. A link with the server's inner name, or with the
 * target's name and another scheme or port, is followed at the target when its path is under the
 * base. https://hl7.org/fhir/R4/http.html#paging
 */
export function followLink(link: string, base: Pick<Base, 'origin' | 'path'>): string | undefined {
  const text = link.trim().split('#', 1)[0] ?? '';
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('//');
  if (!absolute) return relativePath(text, base.path);
  const url = URL.parse(text, base.origin);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined;
  const raw = sendable(text.replace(/^[^/]*\/\/[^/?]*/, ''));
  const target = raw.startsWith('/') ? raw : `/${raw}`;
  if (url.origin === base.origin) return target;
  const known = url.hostname === new URL(base.origin).hostname || isInternal(url.hostname);
  return known && isUnder(url.pathname, base.path) ? target : undefined;
}

/** HAPI and Aidbox write `?_getpages=…` and `Patient?page=2`, and mean the base. */
function relativePath(text: string, basePath: string): string | undefined {
  if (text === '') return undefined;
  if (text.startsWith('/')) return sendable(text);
  const separator = text.startsWith('?') && basePath !== '' ? '' : '/';
  return sendable(`${basePath}${separator}${text}`);
}

/** True when `path`, with dots resolved, lies under the base. */
function isUnder(path: string, base: string): boolean {
  return base === '' || path === base || path.startsWith(`${base}/`);
}

/** What HTTP cannot carry in a request line is percent-encoded; all else stays as it is. */
function sendable(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, (characters) => encodeURIComponent(characters));
}
