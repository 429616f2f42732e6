// Push: records in, one answer a record, after they are on disk.

import { setImmediate } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { SubmitAnswer } from '../../adapter.ts';
import { errorIssue } from '../../errors.ts';
import { splitLines } from '../../ims/reader/lines.ts';
import { type ReadResult, readRecordText } from '../../ims/reader/read.ts';
import { bytesOf, decode, mediaType, RECORDS_BODY, readBody } from '../body.ts';
import { readQuery, readRecordBody } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, type Route } from '../route.ts';
import { problem, recordShape, submitAnswer, submitQuery } from '../schemas.ts';

const MAX_LINES = 1000;
const LINES_A_TURN = 50;
const NEWLINE = 0x0a;

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
    ...problems('invalid-input', 'too-large', 'wrong-type', 'store-unavailable', 'shutting-down'),
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
  const found = textLines(bytesOf(request));
  if (found.length === 0) throw new RequestProblem('invalid-input', 'No line holds anything.');
  if (found.length > MAX_LINES) {
    throw new RequestProblem(
      'too-large',
      `The body has ${found.length} lines and at most ${MAX_LINES} are taken; nothing was kept.`,
    );
  }
  const lines: Line[] = [];
  for (const { line, text } of found) {
    lines.push({ line, ...(text === undefined ? NO_UTF8 : readRecordText(text)) });
    // A thousand charts take half a second to read; others get their turn in between.
    if (lines.length % LINES_A_TURN === 0) await setImmediate();
  }
  return lines;
}

const NO_UTF8: ReadResult = {
  ok: false,
  issues: [errorIssue('encoding', '', 'must be UTF-8')],
};

/** Lines that hold something; without `text` where bytes are no UTF-8, which spoils that line only. */
function textLines(bytes: Uint8Array): { line: number; text?: string }[] {
  const whole = decode(bytes);
  if (whole !== undefined) return splitLines(whole);
  const lines: { line: number; text?: string }[] = [];
  let start = 0;
  for (let line = 1; start <= bytes.length; line++) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    const text = decode(bytes.subarray(start, end))?.trim();
    if (text !== '') lines.push(text === undefined ? { line } : { line, text });
    start = end + 1;
  }
  return lines;
}

function statusOf(answer: SubmitAnswer, wait: number | undefined): 200 | 202 | 422 {
  if (answer.accepted + answer.duplicates === 0) return 422;
  return wait !== undefined && answer.settled ? 200 : 202;
}
