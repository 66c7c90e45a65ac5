import { UserError } from '../user-error';
import type { Asker } from './asker';

/** The person at the keyboard; undefined where nobody is there. */
export async function askerAtTerminal(): Promise<Asker | undefined> {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return undefined;
  return (await import('./terminal-asker.ts')).terminalAsker;
}

/**
 * Whether somebody will be able to agree: asked before work that takes long.
 * @throws UserError where nobody is there who could
 */
export async function checkAnswerable(yes: boolean | undefined): Promise<void> {
  if (!yes && (await askerAtTerminal()) === undefined) throw nobodyThere();
}

/**
 * Whether somebody agrees: by an option, or at the terminal.
 * @throws UserError where nobody is there who could
 */
export async function isAgreed(
  yes: boolean | undefined,
  question: (asker: Asker) => Promise<boolean>,
): Promise<boolean> {
  if (yes) return true;
  const asker = await askerAtTerminal();
  if (asker === undefined) throw nobodyThere();
  return question(asker);
}

function nobodyThere(): UserError {
  return new UserError('Give --yes: nobody is at a terminal who could be asked.', 2);
}
