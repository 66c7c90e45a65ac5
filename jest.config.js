/** Tests mirror the source folders; swc only strips the types, `npm run check` checks them. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // What takes longest begins first, so that no worker is left with it at the end.
  testSequencer: '<rootDir>/test/support/sequencer.js',
  maxWorkers: 2,
  // A busy machine starts an emulator in ten seconds and more. No test asserts how long anything takes.
  testTimeout: 30_000,
};
