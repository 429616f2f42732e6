import { Agent } from 'undici';
import { AdapterError } from '../errors.ts';
import { withoutEndSlashes } from '../fhir/base.ts';
import { fromOutcome } from '../fhir/outcome.ts';
import { FHIR_JSON } from '../fhir/resource.ts';
import { failure, judge, judgeSocket } from './outcomes.ts';
import { type Headers, retryAfterS } from './retry-after.ts';

/** How a target knows us. */
type TargetAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** A FHIR server to talk to. */
export interface TargetSettings {
  /** What people call it; stands in messages. */
  readonly name: string;
  /** Service base, such as `https://fhir.example.org/r4`. */
  readonly base: string;
  /** No authorization unless told. */
  readonly auth?: TargetAuth;
  /** From sending to the last byte of the answer; 30,000. */
  readonly timeoutMs?: number;
  /** Sent with every request: what a gateway in front of the server asks for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers larger than this are not read; 64 MB. */
  readonly maxAnswerBytes?: number;
  /** Connections held open at most; 16. */
  readonly connections?: number;
}

/** One request. */
export interface Ask {
  readonly method: 'GET' | 'POST';
  /** Path and query as they go over the wire, from the origin on. */
  readonly path: string;
  /** What it is, for messages: `a search of Patient`. Never a value from a record. */
  readonly what: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** An answer, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, if it is JSON. */
  readonly json: unknown;
}

/** Where the service is. */
export interface Base {
  readonly origin: string;
  /** Without a slash at its end: what other paths begin with. */
  readonly path: string;
  /** As it was set, for what is sent to the base itself: some servers redirect to add a slash. */
  readonly root: string;
}

/** The wire to one target: one pool of connections, no retries, no redirects, no logs. */
export interface Transport {
  readonly name: string;
  readonly base: Base;
  /** Throws AdapterError when no whole answer came; any status is an answer. */
  send(ask: Ask): Promise<Reply>;
  /** Ends all connections; requests under way fail. */
  close(): Promise<void>;
}

/** Opens a transport. Throws AdapterError `invalid-config` for a base that is none. */
export function createTransport(settings: TargetSettings): Transport {
  const { name, timeoutMs = 30_000 } = settings;
  const base = readBase(settings);
  const agent = new Agent({
    connections: settings.connections ?? 16,
    connect: { timeout: Math.min(10_000, timeoutMs) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: settings.maxAnswerBytes ?? 64 * 1024 * 1024,
  });
  const always = {
    'user-agent': 'ims-fhir',
    accept: FHIR_JSON,
    ...settings.headers,
    ...authorization(settings.auth ?? { kind: 'none' }),
  };
  const send = async (ask: Ask): Promise<Reply> => {
    const over = AbortSignal.timeout(timeoutMs);
    if (ask.signal?.aborted) throw stopped(name, ask, 'later');
    try {
      const { statusCode, headers, body } = await agent.request({
        origin: base.origin,
        path: ask.path,
        method: ask.method,
        headers: { ...always, ...contentType(ask), ...ask.headers },
        signal: ask.signal === undefined ? over : AbortSignal.any([over, ask.signal]),
        ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      });
      const text = await body.text();
      return { status: statusCode, headers, text, json: jsonOf(text) };
    } catch (cause) {
      if (ask.signal?.aborted) throw stopped(name, ask, isSafe(ask) ? 'later' : 'unknown');
      const message = `Target ${name} gave no whole answer to ${ask.what}.`;
      throw failure(judgeSocket(cause), { message, safe: isSafe(ask), cause });
    }
  };
  return { name, base, send, close: () => agent.destroy() };
}

/** The reply itself when its status is below 300; else throws the AdapterError of the table. */
export function expectOk(transport: Transport, ask: Ask, reply: Reply): Reply {
  if (reply.status < 300) return reply;
  const redirected =
    reply.status < 400 ? ' Redirects are not followed: set its final address.' : '';
  throw failure(judge(reply.status, reply.json), {
    message: `Target ${transport.name} answered ${ask.what} with ${reply.status}.${redirected}`,
    safe: isSafe(ask),
    issues: fromOutcome(reply.json),
    retryAfterS: retryAfterS(reply.headers, Date.now()),
    reply: reply.text,
  });
}

/** True when the request changes nothing at the other side. */
function isSafe(ask: Ask): boolean {
  return ask.method === 'GET';
}

function readBase({ name, base }: TargetSettings): Base {
  const url = URL.parse(base);
  const plain = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (url === null || !plain || !/^https?:$/.test(url.protocol)) {
    const text = `The base of target ${name} must be an http or https address without query or user.`;
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

function contentType(ask: Ask): Record<string, string> {
  return ask.body === undefined ? {} : { 'content-type': FHIR_JSON };
}

function stopped(name: string, ask: Ask, retry: 'later' | 'unknown'): AdapterError {
  return new AdapterError('shutting-down', `We stopped ${ask.what} at target ${name}.`, { retry });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
