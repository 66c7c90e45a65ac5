import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { staunch } from '../support/command';

const commands = readdirSync(join(__dirname, '..', '..', 'cli', 'commands')).map((file) =>
  file.replace('.ts', ''),
);

describe('the help', () => {
  it.each(commands)('of %s says no default of what is a switch', async (command) => {
    const { status, printed } = await staunch(command, '--help');

    expect(status).toBe(0);
    expect(printed).toContain('Options:');
    expect(printed).not.toMatch(/default: (false|true)/);
  });

  it.each(commands)('of %s fits a terminal of 80 columns', async (command) => {
    const { printed } = await staunch(command, '--help');

    expect(printed.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(['undo', 'pause'])('of %s says how far ahead it may end', async (command) => {
    const { printed } = await staunch(command, '--help');

    expect(printed.replace(/\s+/g, ' ')).toContain('at most 365 days ahead');
  });
});
