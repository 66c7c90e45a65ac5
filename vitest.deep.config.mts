import { defineConfig } from 'vitest/config';
import config from './vitest.config.mts';

/** What takes too long for every run: `npm run test:deep`. */
export default defineConfig({
  test: {
    ...config.test,
    // The permissions that are granted are used with the healing organization as well.
    include: ['test/deep/**/*.deep.ts', 'test/end-to-end/heals.test.ts'],
    // Properties are tried as often as they say: `test/support/property-runs.ts`.
    env: { STAUNCH_TEST_DEEP: 'true' },
    testTimeout: 300_000,
  },
});
