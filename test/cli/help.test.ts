import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { staunch } from '../support/command';

const commands = readdirSync(join(__dirname, '..', '..', 'cli', 'commands')).map((file) =>
  file.replace('.ts', ''),
);

describe('the help', () => {
  it('of all fits a terminal of 80 columns, a line for each command, with where to start', async () => {
    const { status, printed } = await staunch('--help');

    expect(status).toBe(0);
    expect(printed.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const listed = printed.slice(printed.indexOf('Commands:')).split('\n');
    for (const command of commands)
      expect(listed.filter((line) => new RegExp(`^  ${command} +\\S.*$`).test(line))).toHaveLength(1);
    expect(printed).toContain('npm start\n');
    expect(printed).toContain("alias staunch='npm run -s staunch --'");
  });

  it.each([['help', 'nope'], ['nope', '--help'], ['help', 'nope', 'deploy'], ['-h', 'nope'].reverse()])(
    'of a command that does not exist says so: %s %s',
    async (...words) => {
      const { status, printed, complained } = await staunch(...words);

      expect([status, printed]).toEqual([2, '']);
      expect(complained).toContain("error: unknown command 'nope'");
    },
  );

  it('of a command that is written wrong says which may be meant', async () => {
    const { complained } = await staunch('help', 'finding');

    expect(complained).toContain('Did you mean findings?');
  });

  it.each(['undo', 'exempt', 'pause', 'explain'])(
    'of %s says when it exits with 2, as its page does',
    async (command) => {
      const { printed } = await staunch(command, '--help');

      expect(printed.replace(/\s+/g, ' ')).toMatch(/Exit status: [^E]*\b2 when/);
    },
  );

  it.each(commands)('is pointed to, with an example, where %s was not understood', async (command) => {
    // Of what is required the first one that is missing is told before what is unknown.
    const required =
      {
        deny: ['--reason=x'],
        undo: ['--reason=x', '--until=1d'],
        exempt: ['--reason=x', '--until=1d'],
        pause: ['--reason=x'],
        limits: ['--fixes-per-hour=9', '--reason=x', '--until=1d'],
        evaluate: ['--control=x'],
      }[command] ?? [];
    const { status, complained } = await staunch(command, ...required, '--nope');

    expect(status).toBe(2);
    expect(complained).toContain("error: unknown option '--nope'");
    expect(complained).toContain(`For example:\n  npm run -s staunch -- ${command} `);
    expect(complained).toContain(`\n  npm run -s staunch -- ${command} --help\n`);
  });

  it.each([
    ['undo', 'x', '--until', '1d'],
    ['evaluate', 'x.json'],
    ['sandbox', '--time-scale', 'fast'],
    ['retry'],
  ])('is pointed to where something is missing, or not valid: %s', async (...words) => {
    expect((await staunch(...words)).complained).toContain(
      `For example:\n  npm run -s staunch -- ${words[0]} `,
    );
  });

  it('of `help help` and of a nested command is theirs', async () => {
    expect((await staunch('help', 'help')).status).toBe(0);
    expect((await staunch('help', 'sandbox')).printed).toContain('sandbox [options]');
  });

  it.each(commands)('of %s says no default of what is a switch', async (command) => {
    const { status, printed } = await staunch(command, '--help');

    expect(status).toBe(0);
    expect(printed).toContain('Options:');
    expect(printed).not.toMatch(/default: (false|true|\[\])/);
  });

  it.each(commands)('of %s fits a terminal of 80 columns', async (command) => {
    const { printed } = await staunch(command, '--help');

    expect(printed.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(['undo', 'exempt', 'pause'])('of %s says how far ahead it may end', async (command) => {
    const { printed } = await staunch(command, '--help');

    expect(printed.replace(/\s+/g, ' ')).toContain('at most 365 days ahead');
  });
});
