'use strict';

const { relative } = require('node:path');

/**
 * What a run of tests took.
 * @typedef {object} TestTimes
 * @property {string} startedAt ISO 8601, in UTC
 * @property {number} seconds from the run's start to the end of its last file
 * @property {number} tests
 * @property {{ file: string, seconds: number, tests: number }[]} files relative to the project's root, with `/`; the slowest first
 */

/**
 * The times of a run, from what the JSON reporter of Vitest writes: https://vitest.dev/guide/reporters.html#json-reporter
 * @param {{
 *   startTime: number,
 *   numTotalTests: number,
 *   testResults: { name: string, startTime: number, endTime: number, assertionResults: unknown[] }[],
 * }} result times in milliseconds since 1970, names as absolute paths
 * @param {string} root the project's folder
 * @returns {TestTimes}
 */
function timesOf({ startTime, numTotalTests, testResults }, root) {
  const end = Math.max(startTime, ...testResults.map(({ endTime }) => endTime));
  const files = testResults.map(({ name, startTime: from, endTime: to, assertionResults }) => ({
    file: relative(root, name).replaceAll('\\', '/'),
    seconds: seconds(to - from),
    tests: assertionResults.length,
  }));
  return {
    startedAt: new Date(startTime).toISOString(),
    seconds: seconds(end - startTime),
    tests: numTotalTests,
    files: files.sort((one, other) => other.seconds - one.seconds || (one.file < other.file ? -1 : 1)),
  };
}

/** To a thousandth. */
function seconds(milliseconds) {
  return Math.round(milliseconds) / 1000;
}

module.exports = { timesOf };
