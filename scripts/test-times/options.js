'use strict';

/** Options that leave out no test, each with a value, which is the next word where there is no `=`. Whatever else is given might. */
const harmless = new Set(['--reporter', '--outputFile', '--maxWorkers', '--testTimeout', '--hookTimeout']);

/**
 * How a run has to be started so that its times can be recorded.
 * @param {readonly string[]} words the options that were given
 * @param {string} ownFile where the result goes, unless an option says otherwise
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ words: string[], result?: string }} the options, and the file of the result as JSON; none where the run is not of all
 *   tests, or where its result is asked for in a form of one's own
 */
function recordingOptions(words, ownFile, environment = process.env) {
  const given = [...words];
  if (environment.STAUNCH_FAULTS_OF) return { words: given };
  const reporters = [];
  let result;
  for (let at = 0; at < given.length; at += 1) {
    const [, name = '', inline] = /^([^=]*)(?:=(.*))?$/s.exec(given[at]) ?? [];
    if (!harmless.has(name)) return { words: given };
    const value = inline ?? given[++at];
    if (name === '--reporter') reporters.push(value);
    if (name === '--outputFile') result = value;
  }
  if (result !== undefined) return reporters.includes('json') ? { words: given, result } : { words: given };
  if (reporters.includes('json')) return { words: given };
  const shown = reporters.length > 0 ? [] : ['--reporter=default'];
  return { words: [...given, ...shown, '--reporter=json', `--outputFile=${ownFile}`], result: ownFile };
}

module.exports = { recordingOptions };
