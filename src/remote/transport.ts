// Sends HTTP requests to one target: settings, connections, authentication, timeouts. No retries, no
// redirects, no logs.
import { Agent } from 'undici';
import { AdapterError } from '../errors.ts';
import { withoutEndSlashes } from '../fhir/base.ts';
import { fromOutcome } from '../fhir/outcome.ts';
import { FHIR_JSON } from '../fhir/resource.ts';
import { classifyNetworkError, classifyResponse, remoteError } from './failures.ts';
import { type Headers, retryAfterS } from './retry-after.ts';

/** How requests are authenticated. */
type TargetAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** A FHIR server and how to reach it. */
export interface TargetSettings {
  /** Appears in messages. */
  readonly name: string;
  /** Service base, such as `https://fhir.example.org/r4`. */
  readonly base: string;
  /** Default: none. */
  readonly auth?: TargetAuth;
  /** From sending to the last byte of the response; 30,000. */
  readonly timeoutMs?: number;
  /** Sent with every request, for example for a gateway in front of the server. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Larger responses are not read; 64 MiB. */
  readonly maxResponseBytes?: number;
  /** Maximum number of open connections; 16. */
  readonly connections?: number;
}

/** One request. */
export interface RemoteRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query exactly as they are sent. */
  readonly path: string;
  /** For messages: `a search of Patient`. Never a value of a record. */
  readonly description: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** A response with any status. */
export interface RemoteResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined if it is not. */
  readonly json: unknown;
}

/** The address of the service. */
export interface Base {
  readonly origin: string;
  /** Without a trailing slash: the start of all other paths. */
  readonly path: string;
  /** The path as set, for requests to the base itself: some servers redirect to add a slash. */
  readonly root: string;
}

/** The connection pool of one target. */
export interface Transport {
  readonly name: string;
  readonly base: Base;
  /** Resolves with a response of any status; throws AdapterError when none was received completely. */
  send(request: RemoteRequest): Promise<RemoteResponse>;
  /** Ends all connections; open requests fail. */
  close(): Promise<void>;
}

/** Opens a transport. Throws AdapterError `invalid-config` when the base is invalid. */
export function createTransport(settings: TargetSettings): Transport {
  const { name, timeoutMs = 30_000 } = settings;
  const base = readBase(settings);
  const agent = new Agent({
    connections: settings.connections ?? 16,
    connect: { timeout: Math.min(10_000, timeoutMs) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: settings.maxResponseBytes ?? 64 * 1024 * 1024,
  });
  const defaultHeaders = {
    'user-agent': 'ims-fhir',
    accept: FHIR_JSON,
    ...settings.headers,
    ...authorization(settings.auth ?? { kind: 'none' }),
  };
  const send = async (request: RemoteRequest): Promise<RemoteResponse> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    if (request.signal?.aborted) throw abortedError(name, request, 'later');
    try {
      const { statusCode, headers, body } = await agent.request({
        origin: base.origin,
        path: request.path,
        method: request.method,
        headers: { ...defaultHeaders, ...contentType(request), ...request.headers },
        signal: request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      });
      const text = await body.text();
      return { status: statusCode, headers, text, json: jsonOf(text) };
    } catch (cause) {
      if (request.signal?.aborted)
        throw abortedError(name, request, isRead(request) ? 'later' : 'unknown');
      const message = `Target ${name} could not be reached or its response to ${request.description} was incomplete.`;
      throw remoteError(classifyNetworkError(cause), { message, isRead: isRead(request), cause });
    }
  };
  return { name, base, send, close: () => agent.destroy() };
}

/** The response itself when its status is below 300; else throws the error of its failure class. */
export function expectOk(
  transport: Transport,
  request: RemoteRequest,
  response: RemoteResponse,
): RemoteResponse {
  const { status, headers, json } = response;
  if (status < 300) return response;
  const hint = status < 400 ? ' Redirects are not followed: set the final address.' : '';
  throw remoteError(classifyResponse(status, json), {
    message: `Target ${transport.name} answered ${request.description} with ${status}.${hint}`,
    isRead: isRead(request),
    issues: fromOutcome(json),
    retryAfterS: retryAfterS(headers, Date.now()),
  });
}

/** True when the request changes nothing on the server. */
function isRead(request: RemoteRequest): boolean {
  return request.method === 'GET';
}

function readBase({ name, base }: TargetSettings): Base {
  const url = URL.parse(base);
  const isPlain =
    url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (url === null || !isPlain || !/^https?:$/.test(url.protocol)) {
    const text = `The base of target ${name} must be an http(s) URL without query or credentials.`;
    throw new AdapterError('invalid-config', text);
  }
  const { origin, pathname } = url;
  return { origin, path: withoutEndSlashes(pathname), root: pathname };
}

function authorization(auth: TargetAuth): Record<string, string> {
  if (auth.kind === 'none') return {};
  if (auth.kind === 'bearer') return { authorization: `Bearer ${auth.token}` };
  const pair = Buffer.from(`${auth.user}:${auth.password}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}

function contentType(request: RemoteRequest): Record<string, string> {
  return request.body === undefined ? {} : { 'content-type': FHIR_JSON };
}

function abortedError(
  name: string,
  { description }: RemoteRequest,
  retry: 'later' | 'unknown',
): AdapterError {
  const message = `Aborted ${description} at target ${name}.`;
  return new AdapterError('shutting-down', message, { retry });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
