'use strict';

// Bundles in a process of its own: `node infra/bundle-with-lean-sdk.js`, with esbuild's options of each bundle on the standard input,
// as a JSON list, writes the bundles to the standard output, as a JSON list of texts. The options may differ in where a bundle begins
// alone: what several of them share is then read and parsed once. The constructs of the CDK wait for nothing, and esbuild takes
// plugins only where it is waited for.

const { readFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { basename } = require('node:path');
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

const asked = JSON.parse(readFileSync(0, 'utf8'));

/** Gives the texts that exist only in the options, of which esbuild itself takes one a build. */
const texts = {
  name: 'texts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^text:\d+$/ }, ({ path }) => ({ path, namespace: 'text' }));
    onLoad({ filter: /.*/, namespace: 'text' }, ({ path }) => {
      const { contents, resolveDir, loader } = asked[Number(path.slice('text:'.length))].stdin;
      return { contents, resolveDir, loader };
    });
  },
};

const [{ stdin: _text, entryPoints: _file, ...shared }] = asked;
const outdir = 'bundles';

build({
  ...shared,
  outdir,
  entryPoints: asked.map(({ stdin, entryPoints }, index) => ({
    in: stdin === undefined ? entryPoints[0] : `text:${index}`,
    out: String(index),
  })),
  plugins: [texts, plugin],
}).then(
  ({ outputFiles }) => {
    const byName = new Map(outputFiles.map((file) => [basename(file.path), file.text]));
    process.stdout.write(JSON.stringify(asked.map((_build, index) => byName.get(`${index}.js`))));
  },
  // esbuild has said what is wrong.
  () => {
    process.exitCode = 1;
  },
);
