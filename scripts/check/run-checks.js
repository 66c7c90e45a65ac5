'use strict';

/**
 * Runs checks one after the other, also when one fails; but none after types that do not fit: what is run of such code crashes
 * with words that hide the compiler's.
 * @param {ReadonlyArray<readonly [name: string, command: string, args: string[]]>} checks
 * @param {(command: string, args: string[]) => Promise<number>} run returns the exit status
 * @param {(line: string) => void} say
 * @returns {Promise<string[]>} names of those that failed
 */
async function runChecks(checks, run, say) {
  const failed = [];
  for (const [name, command, args] of checks) {
    const begun = Date.now();
    const status = await run(command, args);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    say(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (status !== 0) failed.push(name);
    if (status !== 0 && name === 'types') {
      say('The other checks come once the types fit.');
      break;
    }
  }
  return failed;
}

module.exports = { runChecks };
