const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that take longest, the longest first. */
const longest = [
  'hundreds',
  'policy',
  'templates-decide',
  'heals',
  'resilience',
  'fixes',
  'undo',
  'mended',
].map((name) => `/end-to-end/${name}.test.ts`);

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
