import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHubFunction, keepHubFunctions, remediationEntry } from '../../infra/bundle';
import { bundlesVariable, keepBundles, keptBundle } from '../../infra/kept-bundles';
import { takeLock } from '../../infra/lock-file';
import { keptBundles } from '../support/assembly';

let folder: string;
let made: number;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'staunch-bundles-')), 'bundles');
  made = 0;
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const make = () => {
  made += 1;
  return `bundle ${made}\n`;
};

describe('a kept bundle', () => {
  it('is made once for each build', () => {
    const builds = ['one', 'one', 'other', 'one'].map((build) => keptBundle(build, make, folder));

    expect(builds).toEqual(['bundle 1\n', 'bundle 1\n', 'bundle 2\n', 'bundle 1\n']);
  });

  it.each([
    ['is cut', (file: string) => truncateSync(file, 70)],
    ['is empty', (file: string) => truncateSync(file, 0)],
    ['has other words', (file: string) => writeFileSync(file, 'exports.handler = 1')],
    ['is missing', (file: string) => rmSync(file)],
  ])('is made anew where its file %s', (_what, damage) => {
    keptBundle('one', make, folder);
    damage(join(folder, readdirSync(folder)[0] ?? ''));

    expect([1, 2].map(() => keptBundle('one', make, folder))).toEqual(['bundle 2\n', 'bundle 2\n']);
  });

  it('is made by one process at a time', () => {
    const makeLocked = () => {
      const locks = readdirSync(folder).filter((name) => name.endsWith('.lock'));
      expect(locks.map((name) => takeLock(join(folder, name)))).toEqual([false]);
      return make();
    };

    expect(keptBundle('one', makeLocked, folder)).toBe('bundle 1\n');
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is none where nobody names a folder: what is deployed is bundled each time', () => {
    expect(process.env[bundlesVariable]).toBeUndefined();
    expect([1, 2].map(() => keptBundle('one', make))).toEqual(['bundle 1\n', 'bundle 2\n']);
  });
});

describe('bundles that are made together', () => {
  const all = (builds: readonly string[]) => builds.map((build) => `${make()} of ${build}`);

  it('are those that are not kept yet, and are taken later as if each had been made alone', () => {
    keptBundle('two', make, folder);
    keepBundles(['one', 'two', 'three'], all, folder);
    keepBundles(['one', 'two', 'three'], all, folder);

    expect(['one', 'two', 'three'].map((build) => keptBundle(build, make, folder))).toEqual([
      'bundle 2\n of one',
      'bundle 1\n',
      'bundle 3\n of three',
    ]);
  });

  it('are not made where nothing is kept', () => {
    keepBundles(['one'], all, undefined);
    expect(made).toBe(0);
  });

  it('are the same as each alone, where they begin in a file and where in a text', () => {
    // Other tests want them too.
    keepHubFunctions(keptBundles());
    const entries = ['hub-functions/reconcile/handler.ts', remediationEntry('queue')];
    const together = entries.map((entry) => bundleHubFunction(entry, keptBundles()));
    expect(together).toEqual(entries.map((entry) => bundleHubFunction(entry)));
  }, 120_000);
});
