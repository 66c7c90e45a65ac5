'use strict';

const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { recordingOptions } = require('./options');
const { timesOf } = require('./times');

/**
 * Runs tests, and records into `.staunch/test-times.json` what they took, where all of them ran. `npm run bench` shows it.
 * @param {readonly string[]} words options of the run
 * @param {(words: string[]) => Promise<number>} run returns the exit status
 * @param {string} root the project's folder
 * @returns {Promise<number>} the exit status
 */
async function runRecorded(words, run, root) {
  const folder = join(root, '.staunch');
  const { words: all, result } = recordingOptions(words, join(folder, 'test-result.json'));
  if (result === undefined) return run(all);
  mkdirSync(folder, { recursive: true });
  // What an earlier run left is no result of this one.
  rmSync(result, { force: true });
  const status = await run(all);
  try {
    const times = timesOf(JSON.parse(readFileSync(result, 'utf8')), root);
    const fresh = join(folder, `test-times-${process.pid}.json`);
    writeFileSync(fresh, `${JSON.stringify(times, undefined, 2)}\n`);
    renameSync(fresh, join(folder, 'test-times.json'));
  } catch (error) {
    console.error(`What the tests took could not be recorded: ${error.message}`);
  }
  return status;
}

module.exports = { runRecorded };
