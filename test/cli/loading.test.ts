import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';

/** What the scripts, which are plain JavaScript, are used for here. */
const { build } = require('../../scripts/compiled/build') as {
  build(what: {
    root: string;
    entries: Record<string, string>;
    sources: readonly object[];
    into: string;
  }): Promise<Metafile>;
};
const { sourcesOf } = require('../../scripts/compiled/sources') as {
  sourcesOf(root: string, folders: readonly string[]): object[];
};
const { rooms } = require('../../scripts/rooms') as { rooms: readonly string[] };

const root = join(__dirname, '..', '..');
let directory: string;
let outputs: Metafile['outputs'];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'staunch-loading-'));
  const sources = sourcesOf(root, rooms);
  ({ outputs } = await build({ root, entries: { staunch: 'cli/main.ts' }, sources, into: directory }));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The sources that are loaded with a source, before it asks for more. */
function loadedWith(source: string): string[] {
  const loaded = new Set<string>();
  const waiting = Object.keys(outputs).filter((output) => outputs[output]?.entryPoint === source);
  expect(waiting).toHaveLength(1);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    for (const { path, kind, external } of outputs[next]?.imports ?? [])
      if (kind === 'import-statement' && !external) waiting.push(path);
  }
  return [...loaded].flatMap((output) => Object.keys(outputs[output]?.inputs ?? {}));
}

/** The packages among them. */
function packagesOf(sources: readonly string[]): string[] {
  const names = sources.map(
    (source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(resolve(root, source))?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

describe('what the command line loads', () => {
  it('for its help is words, and no client, table, YAML or sandbox', () => {
    const loaded = loadedWith('cli/main.ts');

    expect(packagesOf(loaded)).toEqual([
      'ansi-regex',
      'commander',
      'emoji-regex',
      'is-fullwidth-code-point',
      'string-width',
      'strip-ansi',
      'zod',
    ]);
    expect(loaded.filter((source) => /^(operator\/(?!errors)|ledger|decision|infra)\//.test(source))).toEqual(
      [],
    );
    expect(loaded.filter((source) => /(evaluate|plan|model)\.ts$/.test(source))).toEqual(
      loaded.filter((source) => /^cli\/commands\//.test(source) && /(evaluate|plan)\.ts$/.test(source)),
    );
  });

  it('to evaluate is no AWS client', () => {
    const packages = packagesOf(loadedWith('cli/actions/evaluate.ts'));

    expect(packages.filter((name) => /^@(aws-sdk|smithy)\/|^yaml$/.test(name))).toEqual([]);
  });

  it('to validate is no AWS client', () => {
    const packages = packagesOf(loadedWith('cli/actions/validate.ts'));

    expect(packages.filter((name) => name.startsWith('@aws-sdk/client-'))).toEqual([]);
  });
});
