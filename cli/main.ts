import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { InputError, OperatorError } from '../operator/errors';
import { version } from '../package.json';
import { printableLines } from '../resources/kit/printable';
import { afterError, staunch } from './after-error';
import { columnsWatched } from './columns';
import { approveCommand } from './commands/approve';
import { coverageCommand } from './commands/coverage';
import { denyCommand } from './commands/deny';
import { deployCommand } from './commands/deploy';
import { destroyCommand } from './commands/destroy';
import { doctorCommand } from './commands/doctor';
import { evaluateCommand } from './commands/evaluate';
import { exemptCommand } from './commands/exempt';
import { explainCommand } from './commands/explain';
import { findingsCommand } from './commands/findings';
import { initCommand } from './commands/init';
import { limitsCommand } from './commands/limits';
import { patrolCommand } from './commands/patrol';
import { pauseCommand } from './commands/pause';
import { planCommand } from './commands/plan';
import { resumeCommand } from './commands/resume';
import { retryCommand } from './commands/retry';
import { sandboxCommand } from './commands/sandbox';
import { showCommand } from './commands/show';
import { slackCommand } from './commands/slack';
import { structureCommand } from './commands/structure';
import { thawCommand } from './commands/thaw';
import { undoCommand } from './commands/undo';
import { validateCommand } from './commands/validate';
import { whoamiCommand } from './commands/whoami';
import type { CompiledParts } from './compiled-parts';
import { complain } from './say';
import { wrappedText } from './table/wrapped-text';
import { UserError } from './user-error';

const commands: readonly ((finish: (status: number) => void, parts: CompiledParts) => Command)[] = [
  approveCommand,
  coverageCommand,
  denyCommand,
  deployCommand,
  destroyCommand,
  doctorCommand,
  evaluateCommand,
  exemptCommand,
  explainCommand,
  findingsCommand,
  initCommand,
  limitsCommand,
  patrolCommand,
  pauseCommand,
  planCommand,
  resumeCommand,
  retryCommand,
  sandboxCommand,
  showCommand,
  slackCommand,
  structureCommand,
  thawCommand,
  undoCommand,
  validateCommand,
  whoamiCommand,
];

/** What commander complains of fits the terminal too; its help does by itself. */
const output: OutputConfiguration = {
  outputError: (text, write) => write(wrappedText(text, columnsWatched(process.stderr))),
};

/** Where to start, and how to say `staunch` for what runs it from a checkout. */
const beginnings = `
Start with the sandbox: it needs no AWS account. Then judge resources of your
own, and see what a policy would do:
  npm start
  npm run -s staunch -- evaluate --help
  npm run -s staunch -- plan my-organization.yaml

staunch COMMAND stands for npm run -s staunch -- COMMAND, in this checkout. The
short form, for this shell:
  alias staunch='npm run -s staunch --'
COMMAND --help has the rights that a command requires, examples and its exit
status.`;

/**
 * The words, but where help is asked for on a command that does not exist, those that name it: it is not understood then, and
 * commander says what may be meant. By itself commander shows the help of the whole program.
 */
function understood(program: Command, words: string[]): string[] {
  const path = words[0] === 'help' ? words.slice(1) : words;
  const [name = ''] = path;
  const isHelp = words[0] === 'help' || words.includes('--help') || words.includes('-h');
  if (name === 'help') return ['--help'];
  if (!isHelp || name === '' || name.startsWith('-')) return words;
  return program.commands.some((command) => command.name() === name) ? words : [name];
}

/**
 * The staunch command. A user's mistake is one message, never a stack trace.
 * @param words what follows `staunch` on the command line
 * @param parts what else there is beside this module
 * @returns the exit status: 0 when all is well, 1 when the answer is no or something went wrong, 2 when the command itself
 *   was not understood, 130 when it was interrupted
 */
export async function main(words: string[], parts: CompiledParts = {}): Promise<number> {
  const program = new Command('staunch')
    .description('Keeps an AWS organization from standing open to the world.')
    .version(version)
    .showHelpAfterError(`All commands:\n  ${staunch} --help`)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', beginnings)
    .exitOverride()
    .configureOutput(output);
  let status = 0;
  const finish = (result: number) => {
    status = result;
  };
  for (const define of commands) {
    const command = define(finish, parts).exitOverride().configureOutput(output);
    program.addCommand(command.showHelpAfterError(afterError(command.name())));
  }
  try {
    await program.parseAsync(understood(program, words), { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) {
      complain(printableLines(error.message));
      return error.exitStatus;
    }
    if (error instanceof OperatorError) {
      const { errorText } = await import('./errors/error-text.ts');
      complain(errorText(error));
      return error instanceof InputError ? 2 : 1;
    }
    throw error;
  }
}
