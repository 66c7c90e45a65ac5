'use strict';

// Bundles once, in a process of its own: `node infra/bundle-with-lean-sdk.js`, with esbuild's options on the standard input, as
// JSON, writes the bundle to the standard output. The constructs of the CDK wait for nothing, and esbuild takes plugins only
// where it is waited for.

const { readFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { build } = require('esbuild');

/** The files in which the AWS SDK describes every shape of a service's API. */
const schemas = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/][^\\/]+\.js$/;

/**
 * Gives the keys of the shapes as literals, where they are constants in brackets: `{ "xmlName": … }` for `{ [_xN]: … }`. The
 * objects are the same. But esbuild leaves out what nothing uses only where it has no effects, and takes a key in brackets for
 * one, so that a client of EC2 brought the shapes of all of its 700 calls.
 * @param {string} source of a file of shapes
 */
function withLiteralKeys(source) {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("(?:[^"\\\n]|\\.)*");$/gm)].map(([, name, literal]) => [
      name,
      literal,
    ]),
  );
  return source.replace(/\[(\w+)\]: /g, (key, name) => {
    const literal = constants.get(name);
    return literal === undefined ? key : `${literal}: `;
  });
}

const plugin = {
  name: 'literal-keys',
  setup({ onLoad }) {
    onLoad({ filter: schemas }, async ({ path }) => ({
      contents: withLiteralKeys(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

build({ ...JSON.parse(readFileSync(0, 'utf8')), plugins: [plugin] }).then(
  ({ outputFiles: [file] }) => process.stdout.write(file.contents),
  // esbuild has said what is wrong.
  () => {
    process.exitCode = 1;
  },
);
