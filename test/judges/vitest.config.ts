import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Slow conformance tests, run after the others: they need a registry, minutes or another server.
export default defineConfig({
  root: resolve(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/judges/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    maxWorkers: 1,
  },
});
