import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// The judges written in Java: HL7's validator and the HAPI server. One file at a time: each of them
// takes both cores and a gigabyte.
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
