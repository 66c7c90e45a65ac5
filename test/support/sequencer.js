const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that take longest, the longest first. */
const longest = [
  '/end-to-end/random-resources.test.ts',
  '/end-to-end/policy.test.ts',
  '/end-to-end/templates-decide.test.ts',
  '/end-to-end/heals.test.ts',
  '/end-to-end/resilience.test.ts',
  '/decision/foretold-is-decided.test.ts',
  '/end-to-end/fixes.test.ts',
  '/end-to-end/undo.test.ts',
  '/end-to-end/mended.test.ts',
];

/** Begins with what takes longest, also where no earlier run has told how long each file takes. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = longest.findIndex((name) => path.endsWith(name));
      return place < 0 ? longest.length : place;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
