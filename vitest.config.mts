import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.mts';

/** Tests mirror the source folders; types are only stripped here, `npm run check` checks them. */
export default defineConfig({
  test: {
    globals: true,
    include: ['test/**/*.test.ts'],
    // Two processes, and each loads a module once for all its files. A test that leaves something behind in a module, a
    // global or the environment harms the next one: it is the test that is mended then.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    // Most of what a test makes is gone soon: with room for it, what stays behind is looked through a tenth as often.
    execArgv: ['--max-semi-space-size=128'],
    // What was transformed once is kept in `node_modules`, by the hash of its text: half of what the imports take.
    experimental: { fsModuleCache: true },
    globalSetup: ['test/support/global-set-up.ts'],
    setupFiles: ['test/support/each-file.ts'],
    sequence: { sequencer: LongestFirst },
    // A busy machine starts an emulator in ten seconds and more. No test asserts how long anything takes.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
