'use strict';

const { dirname } = require('node:path');

/**
 * What is not compiled in: esbuild finds its program beside its own files, and the CDK is large and seldom needed.
 */
const external = ['esbuild', 'aws-cdk-lib', 'constructs', 'cdk-nag', 'cdk-stacksets', 'tsx'];

/** Packages that are CommonJS ask for Node.js's own modules with `require`, which modules do not have. */
const banner = `import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);`;

/**
 * Compiles entries into modules. What only `import()` asks for goes into files of its own, which are loaded when it does.
 * @param {{ root: string, entries: Record<string, string>, sources: { path: string, content: Buffer }[], into: string }} what
 *   `entries` are source files, relative to the project's root, by the name that they get
 * @returns {Promise<import('esbuild').Metafile>} what went where
 * @throws what esbuild throws
 */
async function build({ root, entries, sources, into }) {
  const { build: compile } = require('esbuild');
  const { metafile } = await compile({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: into,
    bundle: true,
    splitting: true,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[name]-[hash]',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external,
    banner: { js: banner },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    plugins: [asRead(sources)],
  });
  return metafile;
}

/**
 * Has esbuild take the sources as they were read for the digest: one that changes meanwhile is not compiled under a digest that
 * is not its own. In every source `__dirname` stays the folder in which the source lies: programs and policies beside it are
 * found by it.
 */
function asRead(sources) {
  const texts = new Map(sources.map(({ path, content }) => [path, content.toString()]));
  return {
    name: 'as-read',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = texts.get(path);
        if (text === undefined) return undefined;
        // On the line of the first statement, so that every line keeps its number.
        const own = text.includes('__dirname') ? `const __dirname = ${JSON.stringify(dirname(path))}; ` : '';
        return { contents: own + text, loader: 'ts' };
      });
    },
  };
}

module.exports = { build };
