import type { ClaimedDelivery } from './claim.ts';
import { type WorkerOptions, work } from './worker.ts';

/** Claims what is due and has it delivered, for as long as it runs. */
export interface Dispatcher {
  /** Begins, after queuing again what a process now gone was sending. */
  start(): void;
  /** Looks for work now instead of at the next poll. An outbox's commits do this by themselves. */
  wake(): void;
  /**
   * Claims nothing more and resolves when what is under way has ended, which is aborted after
   * `graceMs`. What was claimed and not begun goes back with no attempt lost.
   */
  stop(options: { graceMs: number }): Promise<void>;
  /** Resolves when nothing is being sent and nothing is due, or when stopped. */
  idle(): Promise<void>;
}

/** `concurrency` is per target, so that a slow target cannot take the room of the others. */
export interface DispatcherOptions extends WorkerOptions {
  readonly concurrency: number;
}

/** The truth about what is due, for whatever no wake-up told: times that come, other processes. */
const POLL_MS = 1_000;
/** How long an aborted delivery may take to say so. */
const ABORT_MS = 1_000;

interface InFlight {
  readonly target: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** A dispatcher that has not begun. It never throws: `onError` hears of a store that fails. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  return new Loop(options);
}

class Loop implements Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #inFlight = new Set<InFlight>();
  #running = false;
  #recovered = false;
  #wanted = false;
  #leasesDue = true;
  #pumping: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;
  #change = Promise.withResolvers<void>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#unsubscribe = this.#options.outbox.subscribe(() => this.wake());
    this.#poll = setInterval(() => {
      this.#leasesDue = true;
      this.wake();
    }, POLL_MS);
    this.wake();
  }

  wake(): void {
    this.#wanted = true;
    if (this.#running) this.#pumping ??= this.#pump();
  }

  async stop({ graceMs }: { graceMs: number }): Promise<void> {
    this.#running = false;
    clearInterval(this.#poll);
    this.#unsubscribe?.();
    await this.#pumping;
    if (!(await this.#endsWithin(graceMs))) {
      for (const { abort } of this.#inFlight) abort.abort();
      await this.#endsWithin(ABORT_MS);
    }
    this.#changed();
  }

  async idle(): Promise<void> {
    for (;;) {
      const change = this.#change.promise;
      if (!this.#running) return;
      const still = this.#inFlight.size === 0 && !this.#pumping;
      if (still && !(await this.#options.outbox.busy())) return;
      await change;
    }
  }

  async #pump(): Promise<void> {
    while (this.#wanted && this.#running) {
      this.#wanted = false;
      try {
        await this.#round();
      } catch (error) {
        this.#options.onError?.(error);
      }
    }
    this.#pumping = undefined;
    this.#changed();
  }

  async #round(): Promise<void> {
    const { outbox } = this.#options;
    if (!this.#recovered) {
      await outbox.recover();
      this.#recovered = true;
    }
    if (this.#leasesDue) {
      await outbox.reclaim();
      this.#leasesDue = false;
    }
    const targets = await outbox.queuedTargets();
    await Promise.all(targets.map((target) => this.#fill(target)));
  }

  async #fill(target: string): Promise<void> {
    const { outbox, concurrency, leaseMs } = this.#options;
    const taken = [...this.#inFlight].filter((one) => one.target === target).length;
    const limit = concurrency - taken;
    if (limit <= 0 || !this.#running) return;
    for (const claimed of await outbox.claim({ limit, leaseMs, targets: [target] })) {
      if (this.#running) this.#begin(claimed);
      else await outbox.releaseClaim(claimed.id, claimed.attempt);
    }
  }

  #begin(claimed: ClaimedDelivery): void {
    const abort = new AbortController();
    const done = work(claimed, abort, this.#options).finally(() => {
      this.#inFlight.delete(flight);
      this.wake();
      this.#changed();
    });
    const flight: InFlight = { target: claimed.target, abort, done };
    this.#inFlight.add(flight);
  }

  async #endsWithin(limitMs: number): Promise<boolean> {
    const ended = Promise.all([...this.#inFlight].map((one) => one.done)).then(() => true);
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), limitMs);
    const result = await Promise.race([ended, late.promise]);
    clearTimeout(timer);
    return result;
  }

  #changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }
}
