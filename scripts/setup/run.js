'use strict';

const { spawn, spawnSync } = require('node:child_process');

/**
 * Runs a command to its end and returns what it printed.
 * @returns {{ ok: boolean, output: string }} `output` holds standard output and standard error
 */
function tryRun(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  const output = `${result.stdout || ''}${result.stderr || ''}`.trim();
  return { ok: result.status === 0, output: result.error ? String(result.error.message) : output };
}

/**
 * Runs a command to its end; whatever it prints is seen at once, on standard error, so that a long installation shows what it does.
 * @returns {boolean} whether it succeeded
 */
function runShown(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { ...options, stdio: ['ignore', 2, 2] });
  if (error) console.error(error.message);
  return status === 0;
}

/**
 * Runs a command with this terminal's input and output, and takes its exit status over. A signal to this process has
 * reached the command too, so this process only waits for it.
 * @returns {Promise<number>} the exit status
 */
function runAttached(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

module.exports = { tryRun, runAttached, runShown };
