import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Slow tests of what is published: the image, the npm package and the FHIR package. They need a registry and
// take minutes.
export default defineConfig({
  root: resolve(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/packaging/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    maxWorkers: 1,
  },
});
