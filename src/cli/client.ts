// HTTP client of the ims-fhir service, for push, pull and demo.
import type { z } from 'zod';
import type { PulledVisit } from '../adapter.ts';
import { defined } from '../defined.ts';
import { withoutEndSlashes } from '../fhir/base.ts';
import { problem, pulledVisit } from '../service/schemas.ts';
import { version } from '../service/version.ts';
import { CommandFailure, EXIT, type ExitCode, type Io, systemReason } from './io.ts';

/** Address of a service, and the API key if it requires one. */
export interface Service {
  /** Without a trailing slash. */
  readonly base: string;
  readonly apiKey: string | undefined;
}

/** One request to the service. */
export interface Request<S extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
  /** The service's own schema of its answer. */
  readonly answer: S;
  /** Error statuses whose body may be an answer too; problem details are always failures. */
  readonly answerStatuses?: readonly number[];
}

/** Help for options that take the address of a service. */
export const SERVICE_HELP = 'URL of the service; set IMS_FHIR_API_KEY if it requires a key';

const MAX_ATTEMPTS = 5;
const MAX_PAUSE_S = 30;

/** The service at `base`, with the API key of the environment. */
export function serviceAt(base: string, { env }: Io): Service {
  if (!URL.canParse(base) || !/^https?:/.test(base)) {
    throw new CommandFailure(
      EXIT.usage,
      'The service address must be an http(s) URL such as http://127.0.0.1:8080.',
    );
  }
  return { base: withoutEndSlashes(base), apiKey: env.IMS_FHIR_API_KEY };
}

/** Sends a request and returns the answer. Repeats it after a 503, with the pause that the service requests. */
export async function call<S extends z.ZodType>(
  service: Service,
  request: Request<S>,
): Promise<z.infer<S>> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(service, request);
    if (response.status === 503 && attempt < MAX_ATTEMPTS) {
      await response.arrayBuffer();
      await pause(Number(response.headers.get('retry-after')) || 1);
      continue;
    }
    const { status } = response;
    const body = await readJson(response);
    const isProblem = response.headers.get('content-type')?.includes('problem') === true;
    const isAnswer = response.ok || request.answerStatuses?.includes(status) === true;
    if (!isAnswer || isProblem) throw failureOf(status, body, service);
    const answer = conforming(request.answer, body);
    if (answer === undefined) throw notOurService(status, service);
    return answer;
  }
}

/** Pulls one visit. Throws CommandFailure, with `data` if the target does not have it. */
export function pullVisit(
  service: Service,
  visit: { source: string; recordId: string; target?: string },
): Promise<PulledVisit> {
  const { target } = visit;
  const query = target === undefined ? '' : `?${new URLSearchParams({ target })}`;
  return call(service, {
    method: 'GET',
    path: `${visitPath(visit)}${query}`,
    answer: pulledVisit,
  });
}

/** The path of a visit at the service. */
export function visitPath({ source, recordId }: { source: string; recordId: string }): string {
  return `/v1/records/${encodeURIComponent(source)}/${encodeURIComponent(recordId)}`;
}

async function send(
  { base, apiKey }: Service,
  { method, path, type, body }: Request<z.ZodType>,
): Promise<Response> {
  const authorization = apiKey === undefined ? undefined : `Bearer ${apiKey}`;
  const headers = defined({ 'content-type': type, authorization });
  try {
    return await fetch(`${base}${path}`, { ...defined({ body }), method, headers });
  } catch (error) {
    const reason = systemReason(error instanceof Error ? error.cause : undefined);
    const hint = 'Check the address, or start the service with: ims-fhir serve';
    const message = `Cannot reach the service at ${base}: ${reason}.\n${hint}`;
    throw new CommandFailure(EXIT.unavailable, message);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** `body` if it conforms to `schema`. Additional members, as of a later version, are allowed. */
function conforming<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> | undefined {
  const issues = schema.safeParse(body).error?.issues ?? [];
  const conforms = issues.every(({ code }) => code === 'unrecognized_keys');
  return conforms ? (body as z.infer<S>) : undefined;
}

const problemTexts = problem.pick({ title: true, detail: true, issues: true });

function failureOf(status: number, body: unknown, service: Service): CommandFailure {
  const texts = conforming(problemTexts, body);
  if (texts === undefined) return notOurService(status, service);
  const { title, detail, issues } = texts;
  const hint = status === 401 ? '\nSet IMS_FHIR_API_KEY to the API key of the service.' : '';
  return new CommandFailure(exitOf(status), `${title}: ${detail}${hint}`, issues);
}

function notOurService(status: number, { base }: Service): CommandFailure {
  const message = `${base} returned an unexpected answer (status ${status}).`;
  const hint = `Is it an ims-fhir service of version ${version}?`;
  return new CommandFailure(EXIT.unavailable, `${message}\n${hint}`);
}

function exitOf(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.usage;
  return status >= 500 ? EXIT.unavailable : EXIT.data;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(seconds, MAX_PAUSE_S) * 1000));
}
