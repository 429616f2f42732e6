// A service that prints its address. A test starts it with a small heap and ends it.
import { pino } from 'pino';
import { createAdapter } from '../../src/adapter.ts';
import { listen } from '../../src/service/listen.ts';

const adapter = await createAdapter({
  store: { path: ':memory:' },
  // Nothing listens on port 1: deliveries to it stay queued.
  targets: [{ name: 'gone', base: 'http://127.0.0.1:1/fhir', auth: { kind: 'none' } }],
});
const logger = pino({ level: 'silent' });
const { base } = await listen({ adapter, logger, host: '127.0.0.1', port: 0 });
console.log(base);
