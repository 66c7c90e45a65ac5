import { defineConfig } from 'vitest/config';
import config from './vitest.config.mts';

/** What a change has to pass: every test of `npm test`, and what takes too long to run as often. `.ci/run` runs it. */
export default defineConfig({
  test: {
    ...config.test,
    include: ['test/**/*.test.ts', 'test/deep/each-change/*.deep.ts'],
  },
});
