import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Tests with HL7's validator and the HAPI server, both in Java. One file at a time, because each process
// uses two cores and a gigabyte of memory.
export default defineConfig({
  root: resolve(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/build.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    maxWorkers: 1,
  },
});
