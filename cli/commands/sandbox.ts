import { Command, InvalidArgumentError } from 'commander';
import { runSandbox } from '../sandbox/run-sandbox';

/** What `staunch sandbox` was asked for. */
export interface SandboxOptions {
  keep: boolean;
  report?: string;
  timeScale: number;
}

/** `staunch sandbox`: an AWS organization on this machine, broken and healed. `npm start` runs it. */
export function sandboxCommand(finish: (status: number) => void): Command {
  return new Command('sandbox')
    .description(
      'Brings up an AWS organization on this machine, breaks it, heals it, and shows what happened.',
    )
    .option('--keep', 'leave it running afterwards, and say how to use it with the AWS command line', false)
    .option('--report <file>', 'write the result as JSON')
    .option(
      '--time-scale <factor>',
      'how much faster schedules, and retries of queues, pass than in AWS',
      positiveNumber,
      60,
    )
    .addHelpText(
      'after',
      `
It needs no AWS account, no credentials and no Docker, and talks to 127.0.0.1 only.
Exit status: 0 when every resource is as it should be, 1 when one is not or the run failed.

Examples:
  npm start
  npm start -- --keep
  npm start -- --report result.json`,
    )
    .action(async (options: SandboxOptions) => {
      finish(await runSandbox(options));
    });
}

function positiveNumber(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('It has to be a number above 0.');
  return number;
}
