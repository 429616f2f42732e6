// Measures CPU time, because machines are shared. Each round runs all contestants in turn, so that a slow
// moment affects all of them; the result is the median of the rounds.

/** Code to be timed; one call is one unit of work. */
export interface Contestant {
  readonly name: string;
  readonly run: () => unknown;
}

/** CPU time of one call, in µs: median over the rounds. */
export interface Timed {
  readonly name: string;
  readonly cpuUs: number;
}

const ROUNDS = 7;
const ROUND_CPU_US = 150_000;
/** CPU time before measuring: a running service has optimised code. */
const WARM_CPU_US = 5_000_000;

/** Times all contestants against each other. */
export async function compete(contestants: readonly Contestant[]): Promise<Timed[]> {
  const calls: number[] = [];
  for (const { run } of contestants) calls.push(await callsPerRound(run));
  const rounds: number[][] = contestants.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { run }] of contestants.entries()) {
      rounds[index]?.push(await cpuUsOf(run, calls[index] ?? 1));
    }
  }
  return contestants.map(({ name }, index) => ({ name, cpuUs: median(rounds[index] ?? []) }));
}

/** Warms the code up and returns the number of calls for one round. */
async function callsPerRound(run: Contestant['run']): Promise<number> {
  let calls = 1;
  for (let warmed = 0; ; ) {
    const cpuUs = await cpuUsOf(run, calls);
    warmed += cpuUs * calls;
    if (warmed >= WARM_CPU_US) return Math.max(1, Math.round(ROUND_CPU_US / cpuUs));
    calls = Math.max(1, Math.min(10 * calls, Math.round(ROUND_CPU_US / Math.max(cpuUs, 1))));
  }
}

async function cpuUsOf(run: Contestant['run'], calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call++) {
    const answer = run();
    if (answer instanceof Promise) await answer;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
