// What pushing came to: told record by record, summed up at the end.
import type { Writable } from 'node:stream';
import type { SubmitResult } from '../adapter.ts';
import { EXIT, type ExitCode, say } from './io.ts';
import { jsonText, report } from './text.ts';

/** A result with the file it belongs to; `line` is the file's. */
export interface Pushed extends SubmitResult {
  readonly file: string;
}

/** Takes results as they come. */
export interface Tally {
  add(pushed: Pushed): Promise<void>;
  /** Prints the sum, unless results are printed as JSON, and gives the exit code. */
  end(): Promise<ExitCode>;
}

/** States in which a delivery waits for somebody. */
const STUCK = new Set(['held', 'rejected', 'dropped']);

/** A tally that prints to `stdout`; as JSON it is one result a line. */
export function createTally(
  stdout: Writable,
  { json, isFinal }: { json: boolean; isFinal: boolean },
): Tally {
  const records = { accepted: 0, duplicate: 0, refused: 0 };
  const states = new Map<string, number>();

  async function add(pushed: Pushed): Promise<void> {
    records[pushed.status]++;
    for (const { state } of pushed.deliveries) states.set(state, (states.get(state) ?? 0) + 1);
    if (json) await say(stdout, jsonText(pushed, true));
    else await tell(stdout, pushed);
  }

  async function end(): Promise<ExitCode> {
    if (!json) {
      const { accepted, duplicate, refused } = records;
      await say(stdout, `${accepted} accepted, ${duplicate} there already, ${refused} refused`);
      const counts = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
      if (counts !== '') await say(stdout, `deliveries: ${counts}`);
    }
    const isStuck = [...states.keys()].some((state) => STUCK.has(state));
    if (records.refused > 0 || isStuck) return EXIT.data;
    const isOpen = states.has('queued') || states.has('sending');
    return isFinal && isOpen ? EXIT.reach : EXIT.ok;
  }
  return { add, end };
}

/** Refusals with their issues and deliveries that got stuck; a single record's deliveries always. */
async function tell(stdout: Writable, pushed: Pushed): Promise<void> {
  const { file: name, line, status, deliveries, issues } = pushed;
  const place = line === undefined ? name : `${name} line ${line}`;
  if (status === 'refused' || line === undefined) await say(stdout, `${place}: ${status}`);
  await report(stdout, { name, line }, { issues });
  for (const { id, target, state, cause } of deliveries) {
    if (line !== undefined && !STUCK.has(state) && cause === undefined) continue;
    const why = cause === undefined ? '' : ` (${cause})`;
    await say(stdout, `${place}: delivery ${id} to ${target}: ${state}${why}`);
  }
}
