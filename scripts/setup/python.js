'use strict';

const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { SetupProblem } = require('./problem');
const { runShown, tryRun } = require('./run');

const root = join(__dirname, '..', '..');
const environment = join(root, '.staunch', 'python');
const binaries = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
const python = join(binaries, 'python');

/** The oldest Python that moto 5.2 runs on. */
const oldest = [3, 10];

/**
 * Path of a program in the project's own Python environment, for example `cfn-lint`; its bare name where the machine's own
 * packages satisfied the requirements, so that the machine has the program too.
 */
function pythonProgram(name) {
  const own = join(binaries, name);
  return existsSync(own) ? own : name;
}

/**
 * Makes the project's own Python environment and installs the packages that a requirements file names.
 *
 * The environment also sees the machine's own packages, so that a machine which has the right moto but reaches no
 * package index works too.
 * @param {string} requirements a file, relative to the project's root
 * @param {(text: string) => void} say tells what takes a while
 * @throws {SetupProblem} when Python is missing or too old, or a package cannot be had
 */
function installPython(requirements, say) {
  const file = join(root, requirements);
  const wanted = readFileSync(file, 'utf8');
  const marker = join(environment, `.${requirements.replace(/\W+/g, '-')}`);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted && worksStill()) return;

  if (!worksStill()) {
    const machinePython = findPython();
    rmSync(environment, { recursive: true, force: true });
    say('Making a Python environment in .staunch/python …');
    const made = tryRun(machinePython, ['-m', 'venv', '--system-site-packages', environment]);
    if (!made.ok) {
      throw new SetupProblem(
        `${machinePython} could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv.\n${made.output}`,
      );
    }
  }
  say(`Installing ${packageNames(wanted)} from PyPI (once, about a minute) …`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', file];
  if (!runShown(python, pip)) {
    if (!satisfied(wanted)) {
      throw new SetupProblem(
        `${packageNames(wanted)} could not be installed, and this machine has no such version of its own. What pip said is above.`,
      );
    }
    say(`${packageNames(wanted)} of this machine are used.`);
  }
  writeFileSync(marker, wanted);
}

/** The environment is broken when the Python that it was made from is gone, or when its making was interrupted. */
function worksStill() {
  return existsSync(python) && tryRun(python, ['-c', 'import encodings, pip']).ok;
}

function findPython() {
  const candidates = process.env.PYTHON ? [process.env.PYTHON] : ['python3', 'python'];
  const seen = [];
  for (const candidate of candidates) {
    const { ok, output } = tryRun(candidate, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
    if (!ok) continue;
    const [major, minor] = output.split('.').map(Number);
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return candidate;
    seen.push(`${candidate} is ${output}`);
  }
  throw new SetupProblem(
    `Staunch needs Python ${oldest.join('.')} or later for its sandbox (${seen.join(', ') || 'none was found'}). ` +
      'Get it from https://www.python.org, or name one: PYTHON=/path/to/python3 npm start.',
  );
}

/** Whether the environment has what the requirements name, wherever it came from. pip itself is not asked: it may want the network. */
function satisfied(requirements) {
  const check = [
    'import sys',
    'from importlib.metadata import version',
    'for line in sys.argv[1:]:',
    '    name, wanted = line.split("==")',
    '    if not (version(name.split("[")[0]) + ".").startswith(wanted.rstrip("*").rstrip(".") + "."): sys.exit(1)',
  ].join('\n');
  return tryRun(python, ['-c', check, ...linesOf(requirements)]).ok;
}

function packageNames(requirements) {
  return linesOf(requirements).join(', ');
}

function linesOf(requirements) {
  return requirements
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

module.exports = { installPython, pythonProgram };
