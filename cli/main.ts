import { Command, CommanderError } from 'commander';
import { InputError, OperatorError } from '../operator/errors';
import { version } from '../package.json';
import { printableLines } from '../resources/kit/printable';
import { approveCommand } from './commands/approve';
import { denyCommand } from './commands/deny';
import { evaluateCommand } from './commands/evaluate';
import { explainCommand } from './commands/explain';
import { findingsCommand } from './commands/findings';
import { pauseCommand } from './commands/pause';
import { planCommand } from './commands/plan';
import { resumeCommand } from './commands/resume';
import { retryCommand } from './commands/retry';
import { sandboxCommand } from './commands/sandbox';
import { showCommand } from './commands/show';
import { undoCommand } from './commands/undo';
import { validateCommand } from './commands/validate';
import type { CompiledParts } from './compiled-parts';
import { UserError } from './user-error';

const commands: readonly ((finish: (status: number) => void, parts: CompiledParts) => Command)[] = [
  approveCommand,
  denyCommand,
  evaluateCommand,
  explainCommand,
  findingsCommand,
  pauseCommand,
  planCommand,
  resumeCommand,
  retryCommand,
  sandboxCommand,
  showCommand,
  undoCommand,
  validateCommand,
];

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
    .showHelpAfterError('(staunch --help lists the commands)')
    .exitOverride();
  let status = 0;
  for (const command of commands) {
    program.addCommand(
      command((result) => {
        status = result;
      }, parts).exitOverride(),
    );
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) {
      console.error(printableLines(error.message));
      return error.exitStatus;
    }
    if (error instanceof OperatorError) {
      const { errorText } = await import('./errors/error-text.ts');
      console.error(errorText(error));
      return error instanceof InputError ? 2 : 1;
    }
    throw error;
  }
}
