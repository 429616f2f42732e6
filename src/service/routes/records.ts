// Accepts records and answers with one result per record, after they are stored.

import { setImmediate } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { SubmitAnswer } from '../../adapter.ts';
import { defined } from '../../defined.ts';
import { errorIssue } from '../../errors.ts';
import { MAX_ISSUES } from '../../ims/reader/issue-list.ts';
import { splitByteLines } from '../../ims/reader/lines.ts';
import { type ReadResult, readRecordTextUpTo } from '../../ims/reader/read.ts';
import { bytesOf, decode, mediaType, RECORDS_BODY, readBody } from '../body.ts';
import { releaseBody } from '../body-budget.ts';
import { readQuery, readRecordBody } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, type Route } from '../route.ts';
import { problem, recordShape, submitAnswer, submitQuery } from '../schemas.ts';

const MAX_LINES = 1000;
/** Lines that are read before other requests get a turn: 1,000 records take half a second. */
const LINES_PER_TURN = 50;
/** Once the lines have this many issues in total, only a few are listed of each further line. */
const MAX_TOTAL_ISSUES = 2000;
const MAX_FURTHER_ISSUES = 5;

/** `POST /v1/records`. */
export function recordRoutes({ adapter }: Context): Route[] {
  const submit: RequestHandler = async (request, response) => {
    const query = readQuery(request, submitQuery);
    const isLines = mediaType(request) === 'application/x-ndjson';
    const { target: targets, wait } = query;
    const accepted = await adapter.submit(
      isLines ? await linesOf(request) : [readRecordBody(request)],
      defined({ targets }),
    );
    releaseBody(request);
    const answer =
      wait === undefined ? accepted : await adapter.waitUntilSettled(accepted, wait * 1000);
    const { settled: _, ...body } = answer;
    response.status(statusOf(answer, wait)).json(body);
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
    'All accepted records are stored in one transaction. source, recordId and revision are the ' +
    'idempotency key: sending a record again is safe.',
  requestParams: { query: submitQuery },
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: recordShape },
      'application/x-ndjson': {
        schema: {
          type: 'string',
          description: 'One record per line, at most 1,000 lines and 16 MB',
        },
      },
    },
  },
  responses: {
    200: { description: 'With wait: every delivery is settled', content: answers },
    202: { description: 'At least one record was accepted or already stored', content: answers },
    ...problems('invalid-input', 'too-large', 'wrong-type'),
    ...problems('overloaded', 'store-unavailable', 'shutting-down'),
    422: {
      description: 'No record was accepted, or no-target as problem details',
      content: { ...answers, 'application/problem+json': { schema: problem } },
    },
  },
};

/** Rejects an invalid query before the body is read. */
const checkQuery: RequestHandler = (request, _response, next) => {
  readQuery(request, submitQuery);
  next();
};

type Line = ReadResult & { line?: number };

async function linesOf(request: Request): Promise<Line[]> {
  const bytes = bytesOf(request);
  // Counted before any line is read.
  let count = 0;
  for (const _ of splitByteLines(bytes)) if (++count > MAX_LINES) throw tooManyLines();
  const lines: Line[] = [];
  let issueCount = 0;
  for (const { line, content } of splitByteLines(bytes)) {
    const maxIssues = issueCount < MAX_TOTAL_ISSUES ? MAX_ISSUES : MAX_FURTHER_ISSUES;
    const result = readLine(content, maxIssues);
    if (result === undefined) continue;
    lines.push({ line, ...result });
    issueCount += result.issues.length;
    if (lines.length % LINES_PER_TURN === 0) await setImmediate();
  }
  if (lines.length === 0) throw new RequestProblem('invalid-input', 'The body has no records.');
  return lines;
}

/** Reads the record of a line; undefined for a blank line. */
function readLine(content: Uint8Array, maxIssues: number): ReadResult | undefined {
  const text = decode(content)?.trim();
  if (text === '') return undefined;
  return text === undefined ? NOT_UTF8 : readRecordTextUpTo(text, maxIssues);
}

function tooManyLines(): RequestProblem {
  return new RequestProblem(
    'too-large',
    `The body must have at most ${MAX_LINES} lines. Nothing was stored.`,
  );
}

const NOT_UTF8: ReadResult = {
  ok: false,
  issues: [errorIssue('encoding', '', 'must be UTF-8')],
};

function statusOf(answer: SubmitAnswer, wait: number | undefined): 200 | 202 | 422 {
  if (answer.accepted + answer.duplicates === 0) return 422;
  return wait !== undefined && answer.settled ? 200 : 202;
}
