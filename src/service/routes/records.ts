// Push: records in, one answer a record, after they are on disk.

import { setImmediate } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { SubmitAnswer } from '../../adapter.ts';
import { errorIssue } from '../../errors.ts';
import { MAX_ISSUES } from '../../ims/reader/issue-list.ts';
import { type ReadResult, readTextWithin } from '../../ims/reader/read.ts';
import { bytesOf, decode, mediaType, RECORDS_BODY, readBody } from '../body.ts';
import { readQuery, readRecordBody } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, type Route } from '../route.ts';
import { problem, recordShape, submitAnswer, submitQuery } from '../schemas.ts';

const MAX_LINES = 1000;
const LINES_A_TURN = 50;
/** Issues over all lines after which each further line is read until it has a few. */
const MAX_ISSUES_LISTED = 2000;
const MAX_ISSUES_AFTERWARDS = 5;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const RETURN = 0x0d;

/** `POST /v1/records`. */
export function recordRoutes({ adapter }: Context): Route[] {
  const submit: RequestHandler = async (request, response) => {
    const query = readQuery(request, submitQuery);
    const isLines = mediaType(request) === 'application/x-ndjson';
    const lines = isLines ? await linesOf(request) : [readRecordBody(request)];
    const answer = await adapter.submit(lines, {
      ...(query.target === undefined ? {} : { targets: query.target }),
      ...(query.wait === undefined ? {} : { waitMs: query.wait * 1000 }),
    });
    const { settled: _, ...told } = answer;
    response.status(statusOf(answer, query.wait)).json(told);
  };
  return [
    {
      method: 'post',
      path: '/v1/records',
      operation,
      handlers: [checkQuery, readBody(RECORDS_BODY), submit],
    },
  ];
}

const answers = { 'application/json': { schema: submitAnswer } };

const operation: Route['operation'] = {
  operationId: 'submitRecords',
  tags: ['records'],
  summary: 'Push one record, or lines of records',
  description:
    'A line is kept whole or not at all; what is kept is one commit. source, recordId and ' +
    'revision together are the idempotency key: sending again is safe.',
  requestParams: { query: submitQuery },
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: recordShape },
      'application/x-ndjson': {
        schema: { type: 'string', description: 'One record a line: 1,000 lines or 16 MB at most' },
      },
    },
  },
  responses: {
    200: { description: 'With wait: every delivery has settled', content: answers },
    202: { description: 'At least one record was accepted or stood already', content: answers },
    ...problems('invalid-input', 'too-large', 'wrong-type'),
    ...problems('overloaded', 'store-unavailable', 'shutting-down'),
    422: {
      description: 'Nothing was accepted; no-target as problem details',
      content: { ...answers, 'application/problem+json': { schema: problem } },
    },
  },
};

/** A faulty query is refused before the body is read. */
const checkQuery: RequestHandler = (request, _response, next) => {
  readQuery(request, submitQuery);
  next();
};

type Line = ReadResult & { line?: number };

async function linesOf(request: Request): Promise<Line[]> {
  const bytes = bytesOf(request);
  // Counted before any is kept or read.
  let count = 0;
  for (const _ of linesIn(bytes)) if (++count > MAX_LINES) throw tooManyLines();
  const lines: Line[] = [];
  let listed = 0;
  for (const { line, held } of linesIn(bytes)) {
    const read = readLine(held, listed < MAX_ISSUES_LISTED ? MAX_ISSUES : MAX_ISSUES_AFTERWARDS);
    if (read === undefined) continue;
    lines.push({ line, ...read });
    listed += read.issues.length;
    // A thousand charts take half a second to read; others get their turn in between.
    if (lines.length % LINES_A_TURN === 0) await setImmediate();
  }
  if (lines.length === 0) throw new RequestProblem('invalid-input', 'No line holds anything.');
  return lines;
}

/** What reading a line gave; undefined where it holds nothing. */
function readLine(held: Uint8Array, maxIssues: number): ReadResult | undefined {
  const text = decode(held)?.trim();
  if (text === '') return undefined;
  return text === undefined ? NO_UTF8 : readTextWithin(text, maxIssues);
}

function tooManyLines(): RequestProblem {
  return new RequestProblem(
    'too-large',
    `The body has more than ${MAX_LINES} lines, which is the most that are taken; nothing was kept.`,
  );
}

const NO_UTF8: ReadResult = {
  ok: false,
  issues: [errorIssue('encoding', '', 'must be UTF-8')],
};

/** The lines that are not blank. */
function* linesIn(bytes: Uint8Array): Generator<{ line: number; held: Uint8Array }> {
  let line = 1;
  for (let start = 0; start < bytes.length; ) {
    const byte = bytes[start] ?? 0;
    // Most of a hostile body may be blank: nothing is made of it.
    if (byte === NEWLINE) line++;
    if (byte === SPACE || (byte >= TAB && byte <= RETURN)) {
      start++;
      continue;
    }
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    yield { line, held: bytes.subarray(start, end) };
    start = end;
  }
}

function statusOf(answer: SubmitAnswer, wait: number | undefined): 200 | 202 | 422 {
  if (answer.accepted + answer.duplicates === 0) return 422;
  return wait !== undefined && answer.settled ? 200 : 202;
}
