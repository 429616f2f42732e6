// The loop that claims due deliveries and starts a worker for each.
import type { ClaimedDelivery } from './claim.ts';
import { deliverAndSettle, type WorkerOptions } from './worker.ts';

/** Claims due deliveries and delivers them, from `start` to `stop`. */
export interface Dispatcher {
  /** Starts; first queues again what an earlier process was sending. */
  start(): void;
  /** Checks for due deliveries now instead of at the next poll. Commits of the outbox do this too. */
  wake(): void;
  /**
   * Stops claiming and resolves when the running deliveries have ended; they are aborted after
   * `graceMs`. Deliveries claimed but not started are released without counting an attempt.
   */
  stop(options: { graceMs: number }): Promise<void>;
  /** Resolves when nothing is being sent and nothing is due, or when stopped. */
  idle(): Promise<void>;
}

/** `concurrency` is per target, so that a slow target does not delay the others. */
export interface DispatcherOptions extends WorkerOptions {
  readonly concurrency: number;
}

/** Finds what no wake-up announces: deliveries that become due, leases that end. */
const POLL_MS = 1_000;
/** How long `stop` waits for aborted deliveries to end. */
const ABORT_MS = 1_000;

interface RunningDelivery {
  readonly target: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Creates a dispatcher that is not started. It never throws; store failures go to `onError`. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  return new DispatchLoop(options);
}

class DispatchLoop implements Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #deliveries = new Set<RunningDelivery>();
  #isRunning = false;
  #isRecovered = false;
  #isRoundRequested = false;
  #isLeaseCheckDue = true;
  #rounds: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;
  #change = Promise.withResolvers<void>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#unsubscribe = this.#options.outbox.subscribe(() => this.wake());
    this.#poll = setInterval(() => {
      this.#isLeaseCheckDue = true;
      this.wake();
    }, POLL_MS);
    this.wake();
  }

  wake(): void {
    this.#isRoundRequested = true;
    if (this.#isRunning) this.#rounds ??= this.#runRounds();
  }

  async stop({ graceMs }: { graceMs: number }): Promise<void> {
    this.#isRunning = false;
    clearInterval(this.#poll);
    this.#unsubscribe?.();
    await this.#rounds;
    if (!(await this.#allEndWithin(graceMs))) {
      for (const { abort } of this.#deliveries) abort.abort();
      await this.#allEndWithin(ABORT_MS);
    }
    this.#signalChange();
  }

  async idle(): Promise<void> {
    for (;;) {
      const change = this.#change.promise;
      if (!this.#isRunning) return;
      const isIdle = this.#deliveries.size === 0 && !this.#rounds;
      if (isIdle && !(await this.#options.outbox.busy())) return;
      await change;
    }
  }

  async #runRounds(): Promise<void> {
    while (this.#isRoundRequested && this.#isRunning) {
      this.#isRoundRequested = false;
      try {
        await this.#runRound();
      } catch (error) {
        this.#options.onError?.(error);
      }
    }
    this.#rounds = undefined;
    this.#signalChange();
  }

  async #runRound(): Promise<void> {
    const { outbox } = this.#options;
    if (!this.#isRecovered) {
      await outbox.recover();
      this.#isRecovered = true;
    }
    if (this.#isLeaseCheckDue) {
      await outbox.reclaim();
      this.#isLeaseCheckDue = false;
    }
    const targets = await outbox.queuedTargets();
    await Promise.all(targets.map((target) => this.#startDueOf(target)));
  }

  async #startDueOf(target: string): Promise<void> {
    const { outbox, concurrency, leaseMs } = this.#options;
    const running = [...this.#deliveries].filter((delivery) => delivery.target === target).length;
    const limit = concurrency - running;
    if (limit <= 0 || !this.#isRunning) return;
    for (const claimed of await outbox.claim({ limit, leaseMs, targets: [target] })) {
      if (this.#isRunning) this.#startDelivery(claimed);
      else await outbox.releaseClaim(claimed.id, claimed.attempt);
    }
  }

  #startDelivery(claimed: ClaimedDelivery): void {
    const abort = new AbortController();
    const done = deliverAndSettle(claimed, abort, this.#options).finally(() => {
      this.#deliveries.delete(delivery);
      this.wake();
      this.#signalChange();
    });
    const delivery: RunningDelivery = { target: claimed.target, abort, done };
    this.#deliveries.add(delivery);
  }

  async #allEndWithin(limitMs: number): Promise<boolean> {
    const ended = Promise.all([...this.#deliveries].map(({ done }) => done)).then(() => true);
    const timeout = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => timeout.resolve(false), limitMs);
    const result = await Promise.race([ended, timeout.promise]);
    clearTimeout(timer);
    return result;
  }

  #signalChange(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }
}
