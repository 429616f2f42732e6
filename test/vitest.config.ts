import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/packaging/**', 'test/interop/**'],
    // Property tests may be asked for many more runs by hand.
    testTimeout: 200_000 + 100 * Number(process.env.FUZZ_RUNS ?? 0),
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
