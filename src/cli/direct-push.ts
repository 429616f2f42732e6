// Push without a service: an adapter in this process with a store in memory. Sending the same records
// again is safe although the store does not keep them, because writes are conditional.
import { createAdapter, type DeliveryView, type SubmitResult } from '../adapter.ts';
import { defined } from '../defined.ts';
import { type Document, readDocument } from './input.ts';
import { CommandFailure, EXIT, type Io } from './io.ts';
import { loadPolicy } from './settings.ts';

const TIMEOUT_MS = 30_000;

/** Where records are sent. */
export interface Destination {
  /** Sends documents of one file and returns one result for each. */
  send(batch: readonly Document[]): Promise<readonly SubmitResult[]>;
  close(): Promise<void>;
}

/** The FHIR server at `base`; `tokenEnv` is the environment variable with a bearer token. */
export async function openFhirServer(
  base: string,
  tokenEnv: string | undefined,
  io: Io,
): Promise<Destination> {
  const token = tokenEnv === undefined ? undefined : io.env[tokenEnv];
  if (tokenEnv !== undefined && !token) {
    const message = `The environment variable ${tokenEnv} (--token-env) is not set.`;
    throw new CommandFailure(EXIT.usage, message);
  }
  const auth = token ? ({ kind: 'bearer', token } as const) : ({ kind: 'none' } as const);
  const adapter = await createAdapter({
    store: { path: ':memory:' },
    policy: await loadPolicy(io),
    targets: [{ name: 'server', base, auth, timeoutMs: TIMEOUT_MS }],
  });
  return {
    async send(batch) {
      const lines = batch.map((document) => ({
        ...defined({ line: document.line }),
        ...readDocument(document),
      }));
      const { results } = await adapter.submit(lines);
      await adapter.idle();
      return await Promise.all(
        results.map(async (result) => {
          const views = await Promise.all(result.deliveries.map(({ id }) => adapter.delivery(id)));
          return withViews(result, views);
        }),
      );
    },
    close: () => adapter.close(),
  };
}

/** The result with the final states and issues of its deliveries. */
function withViews(
  result: SubmitResult,
  views: readonly (DeliveryView | undefined)[],
): SubmitResult {
  const known = views.filter((view) => view !== undefined);
  return {
    ...result,
    deliveries: known.map(({ id, target, state, cause }) => defined({ id, target, state, cause })),
    issues: [...result.issues, ...known.flatMap(({ issues }) => issues)],
  };
}
