import { defineConfig } from 'vitest/config';

/** The tests that own what `npm run mutation` mutates. */
export default defineConfig({
  test: {
    include: [
      'tests/health/*.test.ts',
      'tests/links/*.test.ts',
      'tests/fetch/guard.test.ts',
      'tests/platforms/{judge,verdicts,contract}.test.ts',
    ],
    // One test reads the platforms' sources, which a mutated copy no longer resembles.
    testNamePattern: /^(?!platform code imports)/,
    testTimeout: 60_000,
  },
});
