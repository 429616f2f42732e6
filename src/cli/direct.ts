// Pushing without a service: an adapter in this process, with a store that ends with it. Safe, as
// sending the same records again changes nothing.
import { createAdapter, type DeliveryView, type SubmitResult } from '../adapter.ts';
import type { Document } from './input.ts';
import { CommandFailure, EXIT, type Io } from './io.ts';
import { readDocument } from './record.ts';
import { loadPolicy } from './settings.ts';

/** Sends documents and gives one result for each. */
export type Push = (batch: readonly Document[]) => Promise<readonly SubmitResult[]>;

const TIMEOUT_MS = 30_000;

/** Opens the way to the FHIR server at `base`; `tokenEnv` names the variable with a bearer token. */
export async function openDirect(
  base: string,
  tokenEnv: string | undefined,
  io: Io,
): Promise<{ send: Push; close(): Promise<void> }> {
  const token = tokenEnv === undefined ? undefined : io.env[tokenEnv];
  if (tokenEnv !== undefined && !token) {
    throw new CommandFailure(EXIT.usage, `The variable ${tokenEnv} is not set.`);
  }
  const auth = token ? ({ kind: 'bearer', token } as const) : ({ kind: 'none' } as const);
  const adapter = await createAdapter({
    store: { path: ':memory:' },
    policy: await loadPolicy(io),
    targets: [{ name: 'target', base, auth, timeoutMs: TIMEOUT_MS }],
  });
  const send: Push = async (batch) => {
    const lines = batch.map((document) => {
      const { line } = document;
      return line === undefined ? readDocument(document) : { line, ...readDocument(document) };
    });
    const { results } = await adapter.submit(lines);
    await adapter.idle();
    return await Promise.all(
      results.map(async (result) => {
        const views = await Promise.all(result.deliveries.map(({ id }) => adapter.delivery(id)));
        return withOutcome(result, views);
      }),
    );
  };
  return { send, close: () => adapter.close() };
}

/** The result with what its deliveries have come to meanwhile. */
function withOutcome(
  result: SubmitResult,
  views: readonly (DeliveryView | undefined)[],
): SubmitResult {
  const known = views.filter((view) => view !== undefined);
  return {
    ...result,
    deliveries: known.map(({ id, target, state, cause }) => ({
      id,
      target,
      state,
      ...(cause === undefined ? {} : { cause }),
    })),
    issues: [...result.issues, ...known.flatMap(({ issues }) => issues)],
  };
}
