import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/judges/**', 'test/interop/**'],
    testTimeout: 200_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
