import { defineConfig } from 'vitest/config';

// The slower judges, run after the tests: what needs a registry, minutes or another server.
export default defineConfig({
  test: {
    include: ['test/judges/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    maxWorkers: 1,
  },
});
