'use strict';

const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');

/**
 * What compiling takes: the folders of the sources, and single files. The lock file stands for every package and for the
 * compiler; npm's packages follow it before anything is compiled.
 * @param {string} root the project's folder
 * @param {readonly string[]} folders relative to it
 */
function sourcesOf(root, folders) {
  const singles = ['package.json', 'package-lock.json', 'tsconfig.json'];
  const files = [...folders, 'scripts/compiled'].flatMap((folder) => filesIn(join(root, folder)));
  return [...singles.map((name) => join(root, name)), ...files].map((path) => ({
    path,
    content: readFileSync(path),
  }));
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return /\.(ts|js|json)$/.test(entry.name) ? [path] : [];
    });
}

/**
 * A digest of the sources: of their names and contents, and of where the project lies, which is compiled in. Times of files
 * say nothing.
 * @returns {string} 32 hexadecimal digits
 */
function digestOf(root, sources) {
  const hash = createHash('sha256').update(root);
  for (const { path, content } of sources) {
    hash.update(`\0${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

module.exports = { sourcesOf, digestOf };
