import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../cli/main';
import { captureOutput } from '../support/command';

let directory: string;
let output: ReturnType<typeof captureOutput>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'staunch-cli-'));
  output = captureOutput();
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

const staunch = (...words: string[]) => main(words);

describe('staunch', () => {
  it('lists its commands with --help', async () => {
    expect(await staunch('--help')).toBe(0);
    expect(output.printed).toMatch(
      /approve[\s\S]*deny[\s\S]*explain[\s\S]*findings[\s\S]*pause[\s\S]*plan[\s\S]*resume[\s\S]*retry[\s\S]*sandbox[\s\S]*show[\s\S]*undo[\s\S]*validate/,
    );
  });

  it.each([
    'approve',
    'deny',
    'evaluate',
    'explain',
    'findings',
    'limits',
    'pause',
    'plan',
    'resume',
    'retry',
    'sandbox',
    'show',
    'thaw',
    'undo',
    'validate',
  ])('gives examples with %s --help', async (command) => {
    expect(await staunch(command, '--help')).toBe(0);
    expect(output.printed).toContain('Examples:');
    expect(output.printed).toContain('Exit status:');
  });

  it.each([
    [['doctor', '--member-role', 'Reader'], '--member-role goes with --before'],
    [['sandbox', '--organization', 'control-tower', '--report', 'x'], 'do not go with --organization'],
  ])('exits with 2 before it asks anybody, for options that do not go together: %j', async (words, said) => {
    expect(await staunch(...words)).toBe(2);
    expect(output.complained).toContain(said);
  });

  it.each([
    [['no-such-command']],
    [['sandbox', '--no-such-option']],
    [['sandbox', '--time-scale', 'fast']],
    [['sandbox', '--time-scale', '0']],
  ])('exits with 2, and says what was wrong, for %j', async (words) => {
    expect(await staunch(...words)).toBe(2);
    expect(output.complained).toMatch(/error: /);
    expect(output.complained).not.toMatch(/\bat .*\.ts/);
  });
});

describe('staunch validate', () => {
  it("accepts the repository's own policy", async () => {
    expect(await staunch('validate', 'config/organization.yaml')).toBe(0);
    expect(output.printed).toContain('config/organization.yaml is valid: default off');
  });

  it('names file, line and key of an error, and exits with 1', async () => {
    const file = join(directory, 'organization.yaml');
    writeFileSync(file, 'organization:\n  id: o-exampleorg1\n  managmentAccount: "111111111111"\n');

    expect(await staunch('validate', file)).toBe(1);
    expect(output.complained).toContain('organization.yaml:3');
    expect(output.complained).toContain('managmentAccount');
    expect(output.complained).not.toMatch(/\bat .*\.ts/);
  });

  it('says so when the file does not exist', async () => {
    expect(await staunch('validate', join(directory, 'nothing.yaml'))).toBe(1);
    expect(output.complained).toContain('nothing.yaml');
  });
});

describe('on a terminal of 80 columns', () => {
  const streams = [process.stdout, process.stderr];
  const before = streams.map(({ isTTY, columns }) => ({ isTTY, columns }));

  beforeEach(() => {
    for (const stream of streams) Object.assign(stream, { isTTY: true, columns: 80 });
  });

  afterEach(() => {
    streams.forEach((stream, index) => {
      Object.assign(stream, before[index]);
    });
  });

  it.each([
    ['validate', 'config/organization.yaml'],
    ['validate', 'no such file'],
    ['undo', 'x', '--reason', 'x', '--until', 'soon'],
    ['undo', 'x', '--reason', 'x', '--until', '2020-01-01'],
    ['findings', '--control', 'nothing'],
    ['evaluate', '--control', 'nothing', 'x.json'],
    ['sandbox', '--time-scale', 'as fast as it may be, and faster still'],
  ])('%s breaks no line within a word: %s', async (...words) => {
    await staunch(...words);

    const lines = `${output.printed}${output.complained}`.split('\n');
    expect(lines.join('')).not.toBe('');
    expect(lines.filter((line) => line.length > 79)).toEqual([]);
  });

  it('evaluate points to the table of counts, where its lines are read by a person', async () => {
    const file = join(directory, 'group.json');
    writeFileSync(file, '{"GroupId":"sg-1","IpPermissions":[]}');

    expect(await staunch('evaluate', '--control', 'security-group-open-ports', file)).toBe(0);
    expect(output.complained).toContain('--summary prints a table of counts');
  });

  it('evaluate says that it waits for somebody to type, where no file is named', async () => {
    const { isTTY } = process.stdin;
    Object.assign(process.stdin, { isTTY: true });
    vi.spyOn(process.stdin, Symbol.asyncIterator).mockImplementation(
      () => (async function* () {})() as never,
    );
    vi.spyOn(process.stdin, 'destroy').mockImplementation(() => process.stdin);
    try {
      await staunch('evaluate', '--control', 'security-group-open-ports');
    } finally {
      Object.assign(process.stdin, { isTTY });
    }
    expect(output.complained).toContain('Reading JSON from standard input; Ctrl-D ends it');
  });

  it('has one place that prints what people read', () => {
    const sources = readdirSync('cli', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );

    expect(sources.filter((name) => readFileSync(join('cli', name), 'utf8').includes('console.'))).toEqual([
      'say.ts',
    ]);
  });
});

describe('staunch evaluate', () => {
  const write = (text: string) => {
    const file = join(directory, 'resources.json');
    writeFileSync(file, text);
    return file;
  };

  it('prints a line a resource, and exits with 0 whatever the verdicts', async () => {
    const file = write('{"GroupId":"sg-1","IpPermissions":[]}\n{"GroupId":"sg-2","IpPermissions":[]}\n');

    expect(await staunch('evaluate', '--control', 'security-group-open-ports', file)).toBe(0);
    expect(
      output.printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).resource),
    ).toEqual(['sg-1', 'sg-2']);
  });

  it('exits with 1 when a resource was not understood', async () => {
    expect(await staunch('evaluate', '--control', 'security-group-open-ports', write('{}'))).toBe(1);
    expect(JSON.parse(output.printed)).toHaveProperty('error');
  });

  it('exits with 1, and says so, when the file cannot be read', async () => {
    const file = join(directory, 'nothing.json');

    expect(await staunch('evaluate', '--control', 'security-group-open-ports', file)).toBe(1);
    expect(output.complained).toContain('nothing.json cannot be read: it does not exist.');
  });

  it.each([
    ['no control', [], '--control'],
    [
      'an unknown control',
      ['--control', 'nothing'],
      'There is no control "nothing". There are: security-group-open-ports',
    ],
    ['a managed control', ['--control', 'iam-password-policy'], "one of AWS Config's managed rules"],
    [
      'parameters that are no JSON',
      ['--control', 's3-public-access', '--parameters', '{'],
      '--parameters is not JSON',
    ],
    [
      'parameters that do not fit',
      ['--control', 's3-public-access', '--parameters', '{"fix":"all"}'],
      'fix: should be surgical or lockdown',
    ],
    [
      'parameters with several controls',
      ['--control', 's3-public-access', '--control', 'sqs-public-policy', '--parameters', '{"fix":"all"}'],
      '--parameters are those of one control',
    ],
    [
      'a parameter that does not exist',
      ['--control', 's3-public-access', '--parameters', '{"fixx":"surgical"}'],
      'fixx: is no parameter; did you mean fix?',
    ],
  ])('exits with 2, and says what would be right, for %s', async (_, words, message) => {
    expect(await staunch('evaluate', ...words, write('{}'))).toBe(2);
    expect(output.complained).toContain(message);
  });
});
