import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Beside what a test may take, the time that `npm run fuzz` gives to each of its properties.
    testTimeout: 60_000 + Number(process.env.LINKARK_FUZZ ?? 0) * 1000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Much of a test's time is waiting for sockets and child processes, so every core may have one.
    maxWorkers: '100%',
  },
});
