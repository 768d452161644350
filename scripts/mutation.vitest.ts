import { defineConfig } from 'vitest/config';

/**
 * The tests that own what `npm run mutation` mutates. Those that read whole pages come by the judge as well, but at seconds
 * for each of its mutants, and hold nothing of it that its own tests do not.
 */
export default defineConfig({
  test: {
    include: [
      'tests/health/*.test.ts',
      'tests/links/*.test.ts',
      'tests/fetch/guard.test.ts',
      'tests/platforms/judge.test.ts',
    ],
    testTimeout: 60_000,
  },
});
