'use strict';

/** Options that leave out no test. Whatever is not among them might. */
const harmless = new Set([
  ...['--ci', '--json', '--verbose', '--silent', '--colors', '--no-colors', '--runInBand', '-i'],
  ...['--no-cache', '--forceExit', '--detectOpenHandles', '--logHeapUsage', '--expand', '-e'],
]);
/** The same with a value, which is the next word where there is no `=`. */
const harmlessWithValue = new Set(['--outputFile', '--maxWorkers', '-w', '--testTimeout']);

/**
 * How a run has to be started so that its times can be recorded.
 * @param {readonly string[]} words the options that were given
 * @param {string} ownFile where the result goes, unless an option says otherwise
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ words: string[], result?: string }} the options, and the file of the result; none where the run is not of all tests, or
 *   where its result is asked for on the standard output
 */
function recordingOptions(words, ownFile, environment = process.env) {
  const given = [...words];
  if (environment.STAUNCH_FAULTS_OF) return { words: given };
  let result;
  for (let at = 0; at < given.length; at += 1) {
    const [, name = '', inline] = /^([^=]*)(?:=(.*))?$/s.exec(given[at]) ?? [];
    if (harmless.has(name) && inline === undefined) continue;
    if (!harmlessWithValue.has(name)) return { words: given };
    const value = inline ?? given[++at];
    if (name === '--outputFile') result = value;
  }
  if (result !== undefined) return { words: given, result };
  if (given.includes('--json')) return { words: given };
  return { words: [...given, '--json', `--outputFile=${ownFile}`], result: ownFile };
}

module.exports = { recordingOptions };
