import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type FindingState, states } from '../../core/states';
import { commandsFor } from '../../hub-functions/card/commands';
import { scripts } from '../../package.json';
import { fencedLines, pages, pageText, prose, root } from './support/pages';

const folder = join(root, 'cli', 'commands');
/** The commands as the program has them, each of which would do nothing. */
const commands = new Map<string, () => Command>();

beforeAll(async () => {
  for (const file of readdirSync(folder)) {
    const name = file.replace('.ts', '');
    const { [`${name}Command`]: make } = (await import(join(folder, file))) as Record<
      string,
      (finish: () => void) => Command
    >;
    if (make === undefined) throw new Error(`${file} has no ${name}Command.`);
    commands.set(name, () => idle(make(() => {})));
  }
});

function idle(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  command.action(() => {});
  command.commands.forEach(idle);
  return command;
}

/** What is wrong with the words after `staunch`; undefined where the program understands them. */
function mistake(words: readonly string[]): string | undefined {
  const [name = '', ...rest] = words;
  if (['', 'COMMAND', '--help', '--version'].includes(name)) return undefined;
  const command = commands.get(name);
  if (command === undefined) return `there is no command ${name}`;
  try {
    command().parse(rest, { from: 'user' });
    return undefined;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return code === 'commander.helpDisplayed' ? undefined : message;
  }
}

/** The words of a command line up to a pipe, a semicolon or a remark, as a shell reads them. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (const character of `${line} `) {
    if (quote !== '') {
      if (character === quote) quote = '';
      else word = `${word ?? ''}${character}`;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (/[|;>]/.test(character) || (character === '#' && word === undefined)) break;
    else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = `${word ?? ''}${character}`;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** The words after `staunch` of each command line in a text; `npm start` is `staunch sandbox`. */
function staunchWords(lines: readonly string[]): string[][] {
  return lines.flatMap((line) => [
    ...[...line.matchAll(/(?<!alias staunch=')npm run -s staunch --(.*)/g)].map(([, rest = '']) =>
      wordsOf(rest),
    ),
    ...[...line.matchAll(/(?:^|\s|`)npm start(?: --(.*))?$/g)].map(([, rest = '']) => [
      'sandbox',
      ...wordsOf(rest),
    ]),
  ]);
}

function helpText(make: () => Command): string {
  let text = '';
  make()
    .configureOutput({
      writeOut: (part) => {
        text += part;
      },
    })
    .outputHelp();
  return text;
}

const lines = (path: string) => {
  const text = pageText(path);
  return [...fencedLines(text), ...[...prose(text).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)];
};

describe('the commands that pages print', () => {
  it.each(pages())('of %s are understood by the program, option by option', (path) => {
    const wrong = staunchWords(lines(path)).flatMap((words) => {
      const why = mistake(words);
      return why === undefined ? [] : [`staunch ${words.join(' ')}: ${why}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each(pages())('of %s in short, as `staunch show`, name commands and options that exist', (path) => {
    const short = [...prose(pageText(path)).matchAll(/`staunch ([^`]+)`/g)].map(([, rest = '']) =>
      wordsOf(rest),
    );
    const wrong = short.filter(([name = '', ...rest]) => {
      const command = commands.get(name);
      const known = command === undefined ? '' : helpText(command);
      if (name === 'COMMAND') return false;
      return command === undefined || rest.some((word) => word.startsWith('--') && !known.includes(word));
    });
    expect(wrong).toEqual([]);
  });

  it.each(pages())('of %s name scripts of package.json', (path) => {
    const named = lines(path).flatMap((line) =>
      [...line.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name),
    );
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it('covers the README, and finds what is wrong', () => {
    expect(staunchWords(lines('README.md')).length).toBeGreaterThan(3);
    expect(mistake(['shwo', 'x'])).toBe('there is no command shwo');
    expect(mistake(['show', 'x', '--jsno'])).toContain('unknown option');
    expect(mistake(['undo', 'x', '--until', '1d'])).toContain('--reason');
  });
});

describe('the commands that the program itself prints', () => {
  it.each([...commands.keys()])('in the help of %s are understood', (name) => {
    const make = commands.get(name);
    if (make === undefined) throw new Error(name);
    const examples = staunchWords(
      helpText(make)
        .replace(/\\\n\s*/g, ' ')
        .replace(/\|\n\s*/g, '| ')
        .split('\n'),
    );
    for (const words of examples) expect([words, mistake(words)]).toEqual([words, undefined]);
  });

  it.each(Object.keys(states) as FindingState[])(
    'in a Slack message about what is %s are understood',
    (state) => {
      const finding = {
        accountId: '111122223333',
        region: 'eu-west-1',
        control: 's3-public-access',
        resourceType: 'AWS::S3::Bucket',
        resourceId: 'photos',
      };
      const plan = { changes: [], lossy: true, losses: ['more'] };
      const printed = commandsFor({ finding, occurrence: 1, state, plan }, false).map(
        ([, command]) => command,
      );
      for (const words of staunchWords(printed)) expect([words, mistake(words)]).toEqual([words, undefined]);
    },
  );
});
