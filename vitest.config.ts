import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Much of a test's time is waiting for sockets and child processes, so every core may have one.
    maxWorkers: '100%',
  },
});
