// The service as its own command line calls it.

import { z } from 'zod';
import { withoutEndSlashes } from '../fhir/base.ts';
import { CommandFailure, EXIT, type ExitCode } from './io.ts';
import { issueLine } from './text.ts';

/** A service and the key it asks for. */
export interface Service {
  readonly base: string;
  readonly apiKey: string | undefined;
}

/** One request. */
export interface Call {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
  /** Statuses beside 200 that are answers, not failures. */
  readonly answers?: readonly number[];
}

const MAX_TRIES = 5;
const MAX_PAUSE_S = 30;

/** Calls the service and gives the JSON it answers; a busy service is asked again after its pause. */
export async function call(service: Service, what: Call): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    const response = await send(service, what);
    const mayRetry = response.status === 503 && tries < MAX_TRIES;
    if (mayRetry) {
      await response.arrayBuffer();
      await pause(Number(response.headers.get('retry-after')) || 1);
      continue;
    }
    const isAnswer = response.ok || what.answers?.includes(response.status) === true;
    const isProblem = response.headers.get('content-type')?.includes('problem') === true;
    if (isAnswer && !isProblem) return await jsonOf(response, service);
    throw failureOf(response.status, await jsonOf(response, service), service);
  }
}

/** A service's address without a slash at its end. */
export function serviceOf(
  base: string,
  env: Readonly<Record<string, string | undefined>>,
): Service {
  if (!URL.canParse(base) || !/^https?:/.test(base)) {
    throw new CommandFailure(
      EXIT.usage,
      'The service is named as http://host:port or https://host.',
    );
  }
  return { base: withoutEndSlashes(base), apiKey: env.IMS_FHIR_API_KEY };
}

async function send({ base, apiKey }: Service, what: Call): Promise<Response> {
  try {
    return await fetch(`${base}${what.path}`, {
      method: what.method,
      headers: {
        ...(what.type === undefined ? {} : { 'content-type': what.type }),
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      ...(what.body === undefined ? {} : { body: what.body }),
    });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new CommandFailure(
      EXIT.reach,
      `Cannot reach the service at ${base}${code}. Is it running? Start it with: ims-fhir serve`,
    );
  }
}

async function jsonOf(response: Response, { base }: Service): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new CommandFailure(
      EXIT.reach,
      `${base} answered ${response.status} with no JSON. Is it an ims-fhir service?`,
    );
  }
}

const problem = z.object({
  title: z.string(),
  detail: z.string(),
  issues: z
    .array(
      z.object({
        severity: z.enum(['fatal', 'error', 'warning', 'information']),
        code: z.string(),
        path: z.string(),
        message: z.string(),
      }),
    )
    .default([]),
});

function failureOf(status: number, body: unknown, { base }: Service): CommandFailure {
  const told = problem.safeParse(body);
  if (!told.success) {
    return new CommandFailure(EXIT.reach, `${base} answered ${status}. Is it an ims-fhir service?`);
  }
  const { title, detail, issues } = told.data;
  const hint = status === 401 ? '\nSet IMS_FHIR_API_KEY to the key of the service.' : '';
  const lines = issues.map((issue) => `\n  ${issueLine(issue)}`).join('');
  return new CommandFailure(exitOf(status), `${title}: ${detail}${lines}${hint}`);
}

function exitOf(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.usage;
  return status >= 500 ? EXIT.reach : EXIT.data;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(seconds, MAX_PAUSE_S) * 1000));
}
