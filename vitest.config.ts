import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/judges/**'],
    testTimeout: 200_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
