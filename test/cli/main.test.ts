import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../cli/main';

let directory: string;
let printed: string;
let complained: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'staunch-cli-'));
  printed = '';
  complained = '';
  jest.spyOn(console, 'log').mockImplementation((text) => {
    printed += `${text}\n`;
  });
  jest.spyOn(console, 'error').mockImplementation((text) => {
    complained += `${text}\n`;
  });
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += text;
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

const staunch = (...words: string[]) => main(words);

describe('staunch', () => {
  it('lists its commands with --help', async () => {
    expect(await staunch('--help')).toBe(0);
    expect(printed).toMatch(/sandbox[\s\S]*validate/);
  });

  it.each([[['sandbox', '--help']], [['validate', '--help']]])('gives examples with %j', async (words) => {
    expect(await staunch(...words)).toBe(0);
    expect(printed).toContain('Examples:');
    expect(printed).toContain('Exit status:');
  });

  it.each([
    [['no-such-command']],
    [['sandbox', '--no-such-option']],
    [['sandbox', '--time-scale', 'fast']],
    [['sandbox', '--time-scale', '0']],
  ])('exits with 2, and says what was wrong, for %j', async (words) => {
    expect(await staunch(...words)).toBe(2);
    expect(complained).toMatch(/error: /);
    expect(complained).not.toMatch(/\bat .*\.ts/);
  });
});

describe('staunch validate', () => {
  it("accepts the repository's own policy", async () => {
    expect(await staunch('validate', 'config/organization.yaml')).toBe(0);
    expect(printed).toContain('config/organization.yaml is valid: default off');
  });

  it('names file, line and key of an error, and exits with 1', async () => {
    const file = join(directory, 'organization.yaml');
    writeFileSync(file, 'organization:\n  id: o-exampleorg1\n  managmentAccount: "111111111111"\n');

    expect(await staunch('validate', file)).toBe(1);
    expect(complained).toContain('organization.yaml:3');
    expect(complained).toContain('managmentAccount');
    expect(complained).not.toMatch(/\bat .*\.ts/);
  });

  it('says so when the file does not exist', async () => {
    expect(await staunch('validate', join(directory, 'nothing.yaml'))).toBe(1);
    expect(complained).toContain('nothing.yaml');
  });
});
