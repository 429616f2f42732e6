// The links between pages of a search result.
import type { Base } from './transport.ts';

/**
 * Host names and addresses that are valid only in the server's own network: behind a proxy many
 * servers write theirs into links. A name without a dot is that of a container or a service.
 */
const INTERNAL_HOSTS: readonly RegExp[] = [
  /^[a-z0-9_-]+$/i,
  /\.(?:local|localhost|localdomain|internal|intranet|lan|svc|home\.arpa)$/i,
  /^(?:127|10)\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^\[(?:::1|f[cd].*)\]$/i,
];

function isInternal(hostname: string): boolean {
  return INTERNAL_HOSTS.some((pattern) => pattern.test(hostname));
}

/**
 * Path and query of a link to request, verbatim: a server's links are opaque. Undefined when the link
 * leads outside of the target. A link with an internal host name, or with the target's host name and
 * another scheme or port, is requested at the target if its path is under the base.
 * https://hl7.org/fhir/R4/http.html#paging
 */
export function followLink(link: string, base: Pick<Base, 'origin' | 'path'>): string | undefined {
  const text = link.trim().split('#', 1)[0] ?? '';
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('//');
  if (!isAbsolute) return relativePath(text, base.path);
  const url = URL.parse(text, base.origin);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined;
  const rest = encodeUnsafe(text.replace(/^[^/]*\/\/[^/?]*/, ''));
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  if (url.origin === base.origin) return path;
  const isTarget = url.hostname === new URL(base.origin).hostname || isInternal(url.hostname);
  return isTarget && isUnder(url.pathname, base.path) ? path : undefined;
}

/** HAPI and Aidbox write `?_getpages=…` and `Patient?page=2`, relative to the base. */
function relativePath(text: string, basePath: string): string | undefined {
  if (text === '') return undefined;
  if (text.startsWith('/')) return encodeUnsafe(text);
  const separator = text.startsWith('?') && basePath !== '' ? '' : '/';
  return encodeUnsafe(`${basePath}${separator}${text}`);
}

/** True when `path`, in which `..` is resolved, is under the base. */
function isUnder(path: string, base: string): boolean {
  return base === '' || path === base || path.startsWith(`${base}/`);
}

/** Percent-encodes what HTTP does not allow in a request line and leaves the rest unchanged. */
function encodeUnsafe(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, (characters) => encodeURIComponent(characters));
}
