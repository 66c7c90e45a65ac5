'use strict';

const { createHash } = require('node:crypto');
const { existsSync, lstatSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { SetupProblem } = require('./problem');
const { runShown } = require('./run');

const root = join(__dirname, '..', '..');
const modules = join(root, 'node_modules');
/** Says which lock file the installed packages came from; gone whenever they are. */
const marker = join(modules, '.staunch-lock');

/**
 * Installs the npm packages when the lock file changed since the last time.
 * @param {(text: string) => void} say tells what takes a while
 * @throws {SetupProblem} when npm fails; what npm said was shown
 */
function installPackages(say) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  // npm would empty the folder that the link leads to, which is another checkout's.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new SetupProblem(
      'The npm packages are not those of package-lock.json, and node_modules is a link, through which nothing is installed. Run npm ci where it leads to, or remove the link.',
    );
  }
  say('Installing npm packages (once; about a minute) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  if (!runShown(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root })) {
    throw new SetupProblem(
      'npm ci failed; what it said is above. When that is put right, run the command again.',
    );
  }
  writeFileSync(marker, lock);
}

module.exports = { installPackages };
