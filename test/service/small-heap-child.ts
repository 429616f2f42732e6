// A service that says where it listens, to be started with a small heap and killed.
import { pino } from 'pino';
import { createAdapter } from '../../src/adapter.ts';
import { listen } from '../../src/service/listen.ts';

const adapter = await createAdapter({
  store: { path: ':memory:' },
  // Nobody listens on port 1: what goes there stays queued.
  targets: [{ name: 'gone', base: 'http://127.0.0.1:1/fhir', auth: { kind: 'none' } }],
});
const logger = pino({ level: 'silent' });
const { base } = await listen({ adapter, logger, host: '127.0.0.1', port: 0 });
console.log(base);
