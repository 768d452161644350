import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/world/cli-bundle.ts'],
    // Beside what a test may take, the time that `npm run fuzz` gives to each of its properties.
    testTimeout: 60_000 + Number(process.env.LINKARK_FUZZ ?? 0) * 1000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Much of a test's time is waiting for sockets and child processes, so there is one more at work than cores.
    maxWorkers: availableParallelism() + 1,
    // Measured by `npm run coverage`. What runs in a browser and what is generated is left out; so is all that the
    // tests run as a program of its own (src/cli.ts), for V8 sees only this process: see docs/decisions/0009-coverage.md.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/reader/client/**', '**/*.generated.ts', 'src/cli.ts'],
      reporter: ['text-summary', 'json-summary', 'json'],
      thresholds: { lines: 97, branches: 93 },
    },
  },
});
