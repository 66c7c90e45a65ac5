'use strict';

const { checkNode } = require('./node');
const { installPackages } = require('./packages');
const { SetupProblem } = require('./problem');
const { installPython, pythonProgram } = require('./python');

/**
 * Makes this checkout ready to run: packages when the lock file changed, and the Python environment where it is asked
 * for. Does nothing, quickly, the second time. A problem that the user can mend ends the process with one message.
 * @param {{ python?: string[] }} needs requirements files, relative to the project's root
 */
function setUp({ python = [] } = {}) {
  try {
    checkNode();
    const say = (text) => console.error(text);
    installPackages(say);
    for (const requirements of python) installPython(requirements, say);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

module.exports = { setUp, pythonProgram };
