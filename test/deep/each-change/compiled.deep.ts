import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
let project: string;
let cache: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'staunch-compiled-'));
  cache = join(project, '.staunch', 'compiled');
  cpSync(join(root, 'scripts'), join(project, 'scripts'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(root, name), join(project, name));
  mkdirSync(join(project, 'words'));
  writeFileSync(join(project, 'words', 'greeting.ts'), `export const greeting: string = 'Good morning';\n`);
  writeFileSync(
    join(project, 'words', 'main.ts'),
    `import { readFileSync } from 'node:fs';
import { greeting } from './greeting';
export async function main(word?: string): Promise<void> {
  const { name } = await import('./later.ts');
  if (word === 'fail') throw new Error('It failed.');
  console.log(greeting, name(readFileSync(__dirname + '/name.txt', 'utf8')));
}
`,
  );
  writeFileSync(
    join(project, 'words', 'later.ts'),
    `export const name = (text: string): string => text.trim();\n`,
  );
  writeFileSync(join(project, 'words', 'name.txt'), 'Ada\n');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Runs the project's words, and returns what was printed. */
function run(word = '', before = ''): Promise<string> {
  const code = `${before}
    require('./scripts/compiled/run').runCompiled(
      { name: 'words', entries: { words: 'words/main.ts' }, folders: ['words'] },
      async ({ words }) => (await import(words)).main('${word}'),
    )`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', code], { cwd: project });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

/** The cache's entry, which is the only one. */
function onlyEntry(): string {
  const names = readdirSync(cache);
  expect(names).toHaveLength(1);
  return join(cache, names[0] as string);
}

const change = (text: string) =>
  writeFileSync(join(project, 'words', 'greeting.ts'), `export const greeting: string = '${text}';\n`);

/** Nobody has begun or ended to use the entry for an hour. */
const age = (entry: string) => {
  const hourAgo = new Date(Date.now() - 60 * 60 * 1000);
  utimesSync(entry, hourAgo, hourAgo);
};

describe('the compiled command', () => {
  it('runs, and finds what lies beside its sources', async () => {
    expect(await run()).toBe('Good morning Ada\n');
  });

  it('is used again, with no compiler, while no source changes', async () => {
    await run();
    const entry = onlyEntry();
    const { ino } = statSync(entry);

    const output = await run(
      '',
      `require('node:module')._load = ((load) => (name, ...rest) => {
         if (name === 'esbuild') throw new Error('asked for the compiler');
         return load(name, ...rest);
       })(require('node:module')._load);`,
    );

    expect(output).toBe('Good morning Ada\n');
    expect(statSync(onlyEntry()).ino).toBe(ino);
  });

  it('is compiled anew when a source has changed', async () => {
    await run();
    change('Good evening');

    expect(await run()).toBe('Good evening Ada\n');
  });

  it('is compiled anew when a source has changed, and has the same length and the same time', async () => {
    const file = join(project, 'words', 'greeting.ts');
    const { atime, mtime } = statSync(file);
    await run();
    change('Good evenin!');
    utimesSync(file, atime, mtime);

    expect(await run()).toBe('Good evenin! Ada\n');
  });

  it('is compiled anew when a source was added that comes first', async () => {
    mkdirSync(join(project, 'words', 'greeting'));
    writeFileSync(join(project, 'words', 'greeting', 'index.ts'), `export const greeting = 'Hello';\n`);
    rmSync(join(project, 'words', 'greeting.ts'));
    expect(await run()).toBe('Hello Ada\n');
    change('Good night');

    expect(await run()).toBe('Good night Ada\n');
  });

  it('is compiled anew when the packages have changed', async () => {
    await run();
    writeFileSync(join(project, 'package-lock.json'), '{}');
    await run();

    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('is used again when only the time of a source has changed', async () => {
    await run();
    const { ino } = statSync(onlyEntry());
    utimesSync(join(project, 'words', 'greeting.ts'), new Date(), new Date());
    await run();

    expect(statSync(onlyEntry()).ino).toBe(ino);
  });

  it('is whole for all of several first calls at once', async () => {
    const outputs = await Promise.all(Array.from({ length: 4 }, () => run()));

    expect(outputs).toEqual(Array.from({ length: 4 }, () => 'Good morning Ada\n'));
    onlyEntry();
  });

  it.each([
    ['is cut', (file: string) => truncateSync(file, 10)],
    ['is missing', (file: string) => rmSync(file)],
    ['has other words', (file: string) => writeFileSync(file, 'throw new Error("broken");')],
  ])('is compiled anew when a compiled file %s', async (_, damage) => {
    await run();
    const parts = join(onlyEntry(), 'parts');
    damage(join(parts, readdirSync(parts).find((name) => name.endsWith('.mjs')) as string));

    expect(await run()).toBe('Good morning Ada\n');
    expect(await run()).toBe('Good morning Ada\n');
    onlyEntry();
  });

  it.each(['cut', 'missing'])('is compiled anew when the list of its files is %s', async (what) => {
    await run();
    const list = join(onlyEntry(), 'files.json');
    if (what === 'cut') truncateSync(list, 5);
    else rmSync(list);

    expect(await run()).toBe('Good morning Ada\n');
    expect(JSON.parse(readFileSync(join(onlyEntry(), 'files.json'), 'utf8'))).toHaveProperty(['words.mjs']);
  });

  it('removes what was compiled before, when nobody uses it', async () => {
    await run();
    age(onlyEntry());
    change('Good evening');
    await run();

    onlyEntry();
  });

  it('keeps what was compiled before while a process uses it', async () => {
    await run();
    const before = onlyEntry();
    writeFileSync(join(before, `used-by-${process.pid}`), '');
    age(before);
    change('Good evening');
    await run();

    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('keeps what was compiled before for a while, since a process may just begin to use it', async () => {
    await run();
    change('Good evening');
    await run();

    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('names sources in the stack trace of an error', async () => {
    const output = await run('fail');

    expect(output).toContain('Error: It failed.');
    expect(output).toContain(`at Module.main (${join(project, 'words', 'main.ts')}:5:`);
  });

  it('says where a source has an error, without a stack trace', async () => {
    writeFileSync(join(project, 'words', 'greeting.ts'), 'export const greeting = ;\n');

    const output = await run();

    expect(output).toBe('Staunch could not be compiled: \nwords/greeting.ts:1:25: Unexpected ";"\n');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('says so when there is no compiler for this machine', async () => {
    const output = await run(
      '',
      `require('node:module')._load = ((load) => (name, ...rest) => {
         if (name === 'esbuild') throw new Error('The package "@esbuild/linux-x64" could not be found');
         return load(name, ...rest);
       })(require('node:module')._load);`,
    );

    expect(output).toBe(
      'Staunch could not be compiled: The package "@esbuild/linux-x64" could not be found\nWhere esbuild itself is the matter, rm -r node_modules and run the command again.\n',
    );
  });
});
