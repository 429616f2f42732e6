// The adapter as an HTTP service: access control, logging, routes and error responses. Uses the adapter's
// functions only; independent of FHIR servers, storage and mapping.
import express, { type Express, type Request } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Adapter } from '../adapter.ts';
import { type Definitions, loadDefinitions } from '../definitions/published.ts';
import { requireKey, requireLoopbackHost } from './access.ts';
import { limitBytesInFlight, MAX_BYTES_IN_FLIGHT } from './body-budget.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { requestLog } from './log.ts';
import { problemHandler, RequestProblem } from './problem.ts';
import type { Context, Route } from './route.ts';
import { conversionRoutes } from './routes/conversion.ts';
import { definitionRoutes } from './routes/definitions.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { docRoutes } from './routes/docs.ts';

import { operationRoutes } from './routes/operations.ts';
import { pullRoutes } from './routes/pull.ts';
import { recordRoutes } from './routes/records.ts';

/** Options of a service. */
export interface ServiceOptions {
  readonly adapter: Adapter;
  /** Required from every caller. Without it only requests to a loopback name are answered. */
  readonly apiKey?: string;
  readonly logger: Logger;
  readonly lifecycle?: Lifecycle;
  /** Bytes of bodies that requests may hold together; `MAX_BYTES_IN_FLIGHT`. */
  readonly maxBytesInFlight?: number;
}

/** The Express app of the service, without a port. */
export function createService(options: ServiceOptions): Express {
  const { apiKey, logger, lifecycle = createLifecycle() } = options;
  const { maxBytesInFlight = MAX_BYTES_IN_FLIGHT } = options;
  const app = express();
  app.set('etag', false);
  app.use(requestLog(logger));
  app.use(lifecycle.track);
  app.use(securityHeaders());
  app.use(apiKey === undefined ? requireLoopbackHost : requireKey(apiKey));
  app.use(limitBytesInFlight(maxBytesInFlight));
  app.use('/v1', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  mount(app, routesOf(contextOf(options, lifecycle)));
  app.use(() => {
    throw new RequestProblem('not-found', 'Unknown path; /openapi.json lists all paths.');
  });
  app.use(problemHandler);
  return app;
}

function contextOf({ adapter }: ServiceOptions, lifecycle: Lifecycle): Context {
  let loaded: Definitions | undefined;
  return {
    adapter,
    definitions: () => {
      loaded ??= loadDefinitions();
      return loaded;
    },
    baseOf: (request: Request) => `${request.protocol}://${request.host}`,
    isStopping: lifecycle.isStopping,
  };
}

function routesOf(context: Context): Route[] {
  const routes = [
    ...recordRoutes(context),
    ...pullRoutes(context),
    ...deliveryRoutes(context),
    ...conversionRoutes(context),
    ...definitionRoutes(context),
    ...operationRoutes(context),
  ];
  return [...routes, ...docRoutes(routes)];
}

function mount(app: Express, routes: readonly Route[]): void {
  const methods = new Map<string, string[]>();
  for (const { method, path, handlers } of routes) {
    app[method](path, ...handlers);
    methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()]);
  }
  for (const [path, allowed] of methods) {
    app.all(path, (_request, response) => {
      response.set('Allow', allowed.join(', '));
      throw new RequestProblem('wrong-method', `Allowed methods: ${allowed.join(', ')}.`);
    });
  }
}

/** Pages load nothing from other hosts and cannot be framed. TLS and HSTS are left to a proxy. */
function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
      },
    },
  });
}
