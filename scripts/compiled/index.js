'use strict';

const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { rooms } = require('../rooms');
const { SetupProblem } = require('../setup/problem');
const { Cache } = require('./cache');
const { digestOf, sourcesOf } = require('./sources');
const { showSourcesInStackTraces } = require('./stack-traces');

/**
 * The project's TypeScript as modules: compiled when a source has changed since the last time, else as it was compiled then.
 * Compiling takes a second or two, and looking for changes a few hundredths.
 * @param {{ name: string, entries: Record<string, string>, root?: string, folders?: readonly string[] }} what `entries` are
 *   source files, relative to the project's root, by the name that they get; `name` is that of all of them together, and
 *   `folders` has every source that they can reach
 * @returns {Promise<Record<string, string>>} the URL of each entry's module, by its name
 * @throws {SetupProblem} when it cannot be compiled
 */
async function compiled({ name, entries, root = join(__dirname, '..', '..'), folders = rooms }) {
  const cache = new Cache(join(root, '.staunch', 'compiled'));
  const folder = await folderOf();
  showSourcesInStackTraces(folder);
  return Object.fromEntries(
    Object.keys(entries).map((entry) => [entry, pathToFileURL(join(folder, `${entry}.mjs`)).href]),
  );

  async function folderOf() {
    const sources = sourcesOf(root, folders);
    const entry = `${name}-${digestOf(root, sources)}`;
    const found = cache.find(entry);
    if (found !== undefined) return found;
    try {
      const { build } = require('./build');
      const written = await cache.write(entry, (into) => build({ root, entries, sources, into }));
      cache.removeUnused(entry);
      return written;
    } catch (error) {
      throw new SetupProblem(`Staunch could not be compiled: ${whatFailed(error)}`);
    }
  }
}

/** In few lines: esbuild lists its errors, and says of itself when its program does not fit the machine. */
function whatFailed(error) {
  if (!Array.isArray(error.errors)) {
    return `${error.message}\nWhere esbuild itself is the matter, rm -r node_modules and run the command again.`;
  }
  return error.errors
    .slice(0, 5)
    .map(({ text, location }) =>
      location ? `\n${location.file}:${location.line}:${location.column + 1}: ${text}` : `\n${text}`,
    )
    .join('');
}

module.exports = { compiled };
