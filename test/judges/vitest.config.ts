import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// The slower judges, run after the tests: what needs a registry, minutes or another server.
export default defineConfig({
  root: resolve(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/judges/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    maxWorkers: 1,
  },
});
