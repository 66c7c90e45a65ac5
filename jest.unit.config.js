const config = require('./jest.config');

/**
 * What needs no emulator, no synthesized template and no process of its own, and no scenario with faults: `npm run test:unit`.
 */
module.exports = {
  ...config,
  testPathIgnorePatterns: [
    '/test/end-to-end/',
    '/test/faults/',
    '/test/infra/',
    '/test/sandbox/',
    '/test/scripts/',
    // Properties over whole worlds, and over thousands of undone fixes.
    '/test/decision/foretold-is-decided.test.ts',
    '/test/resources/security-group/undo.test.ts',
    '/test/resources/bucket/undo.properties.test.ts',
  ],
};
