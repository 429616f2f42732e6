// Output of push: the result of each record, and a summary at the end.
import type { Writable } from 'node:stream';
import type { SubmitResult } from '../adapter.ts';
import { EXIT, type ExitCode, writeLine } from './io.ts';
import { formatCount, formatLocation, jsonText, writeIssues } from './text.ts';

/** A result with its file; `line` is the line in that file. */
export interface PushResult extends SubmitResult {
  readonly file: string;
}

/** Prints results as they arrive. */
export interface PushReport {
  add(result: PushResult): Promise<void>;
  /** Prints the summary, unless results are printed as JSON, and returns the exit code. */
  end(): Promise<ExitCode>;
}

/** States of deliveries that need somebody's attention. */
const BLOCKED = new Set(['held', 'rejected']);
/** States of deliveries that are still to be delivered. */
const PENDING = new Set(['queued', 'sending']);

/**
 * A report on `stdout`, with `json` as one JSON result per line. `isFinal` means that deliveries are not
 * continued after the command, so that a pending one is a failure.
 */
export function createPushReport(
  stdout: Writable,
  { json, isFinal }: { json: boolean; isFinal: boolean },
): PushReport {
  const records = { accepted: 0, duplicate: 0, refused: 0 };
  const states = new Map<string, number>();
  return {
    async add(result) {
      records[result.status]++;
      for (const { state } of result.deliveries) states.set(state, (states.get(state) ?? 0) + 1);
      if (json) await writeLine(stdout, jsonText(result, true));
      else await printResult(stdout, result);
    },
    async end() {
      if (!json) {
        const { accepted, duplicate, refused } = records;
        const counts = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
        await writeLine(
          stdout,
          `${accepted} accepted, ${formatCount(duplicate, 'duplicate')} (already stored), ${refused} refused`,
        );
        if (counts !== '') await writeLine(stdout, `deliveries: ${counts}`);
      }
      const hasState = (set: ReadonlySet<string>) => [...states.keys()].some((s) => set.has(s));
      if (records.refused > 0 || hasState(BLOCKED)) return EXIT.data;
      return isFinal && hasState(PENDING) ? EXIT.unavailable : EXIT.ok;
    },
  };
}

/** Prints issues, refusals and blocked deliveries; of a single record, its status and all deliveries. */
async function printResult(
  stdout: Writable,
  { file: name, line, status, deliveries, issues }: PushResult,
): Promise<void> {
  const location = formatLocation({ name, line });
  const isSingle = line === undefined;
  if (isSingle || status === 'refused') await writeLine(stdout, `${location}: ${status}`);
  await writeIssues(stdout, { name, line }, { issues });
  for (const { id, target, state, cause } of deliveries) {
    if (!isSingle && !BLOCKED.has(state) && cause === undefined) continue;
    const reason = cause === undefined ? '' : ` (${cause})`;
    await writeLine(stdout, `${location}: delivery ${id} to ${target}: ${state}${reason}`);
  }
}
