'use strict';

const { SetupProblem } = require('../setup/problem');
const { compiled } = require('.');

/**
 * Runs something of the project's TypeScript. A problem that the user can mend ends the process with one message.
 * @param {Parameters<compiled>[0]} what as `compiled` takes it
 * @param {(modules: Record<string, string>) => Promise<void>} use takes the URL of each entry's module
 */
async function runCompiled(what, use) {
  try {
    await use(await compiled(what));
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

module.exports = { runCompiled };
