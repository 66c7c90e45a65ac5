import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptAssemblies } from '../../sandbox/kept-assemblies';

let folder: string;
let made: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assemblies-'));
  made = 0;
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sources = { digest: 'of the sources', policy: 'version: 1', fileName: 'organization.yaml' };

/** Makes an assembly of one file, which says how many were made before. */
async function synthesize(into: string): Promise<string> {
  const assembly = join(into, 'cdk.out');
  mkdirSync(assembly);
  await Promise.resolve();
  writeFileSync(join(assembly, 'manifest.json'), `${made}`);
  made += 1;
  return assembly;
}

const manifest = (assembly: string) => readFileSync(join(assembly, 'manifest.json'), 'utf8');

describe('a kept assembly', () => {
  it('is used again while its sources are the same', async () => {
    const first = await new KeptAssemblies(folder).of(sources, synthesize);
    const second = await new KeptAssemblies(folder).of(sources, synthesize);

    expect(second).toBe(first);
    expect(made).toBe(1);
  });

  it.each([
    ['another source', { digest: 'of other sources' }],
    ['another policy', { policy: 'version: 1 # other' }],
    ['another name of the policy', { fileName: 'mine.yaml' }],
  ])('is made anew for %s', async (_what, change) => {
    const first = await new KeptAssemblies(folder).of(sources, synthesize);
    const second = await new KeptAssemblies(folder).of({ ...sources, ...change }, synthesize);

    expect(second).not.toBe(first);
    expect([manifest(first), manifest(second)]).toEqual(['0', '1']);
  });

  it.each([
    ['changed', (assembly: string) => writeFileSync(join(assembly, 'manifest.json'), 'damaged')],
    ['missing', (assembly: string) => rmSync(join(assembly, 'manifest.json'))],
  ])('is made anew where a file of it is %s', async (_what, damage) => {
    damage(await new KeptAssemblies(folder).of(sources, synthesize));
    const again = await new KeptAssemblies(folder).of(sources, synthesize);

    expect(manifest(again)).toBe('1');
  });

  it('is made once, and whole, for two that want it at once', async () => {
    const both = [1, 2].map(() => new KeptAssemblies(folder).of(sources, synthesize));
    const [one, other] = await Promise.all(both);

    expect(one).toBe(other);
    expect(made).toBe(1);
    expect(existsSync(join(one ?? '', 'manifest.json'))).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is made by the next one where the first one failed', async () => {
    let second: Promise<string> | undefined;
    const failing = async () => {
      second = new KeptAssemblies(folder).of(sources, synthesize);
      throw new Error('The CDK app failed');
    };
    const first = new KeptAssemblies(folder).of(sources, failing);

    await expect(first).rejects.toThrow('The CDK app failed');
    expect(manifest((await second) ?? '')).toBe('0');
  });

  it('leaves nothing behind where it could not be made', async () => {
    const failing = () => Promise.reject(new Error('The CDK app failed'));

    await expect(new KeptAssemblies(folder).of(sources, failing)).rejects.toThrow('The CDK app failed');
    expect(readdirSync(folder)).toEqual([]);
  });
});
