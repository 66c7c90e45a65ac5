'use strict';

const { SetupProblem } = require('./problem');

/** The oldest Node.js that runs Staunch: 20.19 is the first 20 in which `require` takes ES modules. */
const oldest = [20, 19];

/**
 * Checks the Node.js that runs this script.
 * @param {string} version for example `20.19.0`
 * @throws {SetupProblem} when it is too old
 */
function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new SetupProblem(
    `Staunch needs Node.js ${oldest.join('.')} or later; this is ${version}. Get a newer one from https://nodejs.org.`,
  );
}

module.exports = { checkNode };
