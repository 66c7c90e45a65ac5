import { Command, InvalidArgumentError, Option } from 'commander';
import { namesForPolicies } from '../../sandbox/scenario/policy-names';
import type { CompiledParts } from '../compiled-parts';
import type { SandboxOptions } from '../sandbox/run-sandbox';
import { complain, say } from '../say';
import { wrapped } from '../table/wrapped';
import { UserError } from '../user-error';

/** `staunch sandbox`: an AWS organization on this machine, broken and healed. `npm start` runs it. */
export function sandboxCommand(finish: (status: number) => void, parts: CompiledParts = {}): Command {
  return new Command('sandbox')
    .summary('an AWS organization on this machine, broken and healed')
    .description(
      'Brings up an AWS organization on this machine, breaks it, heals it, and shows what happened.',
    )
    .option('--keep', 'leave it running afterwards, and say how to use it with the AWS command line')
    .addOption(
      new Option(
        '--organization <name>',
        'control-tower: one with a life, into which you install Staunch',
      ).choices(['control-tower']),
    )
    .option('--policy <file>', "deploy this policy instead of the sandbox's own")
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
It requires no AWS account, no credentials and no Docker, and talks to 127.0.0.1
only.

With --policy that policy decides. The run then checks that what is called
fixed is healed, and that nothing else was changed. The file may be written for
another organization. Its names and paths can mean these:

${names()}

With --organization control-tower nothing is deployed, broken or healed: an
organization as AWS Control Tower leaves it runs until you end it, and the
commands are printed by which you install Staunch into it.

Exit status: 0 when every resource is as it should be, 1 when one is not or the
run failed.

Examples:
  npm start
  npm start -- --keep
  npm start -- --keep --policy my-policy.yaml
  npm start -- deploy my-policy.yaml    # into the one that --keep left
  npm start -- --report result.json
  npm start -- --organization control-tower`,
    )
    .action(async ({ organization, ...options }: SandboxOptions & { organization?: string }) => {
      if (organization !== undefined) {
        if (options.policy !== undefined || options.report !== undefined)
          throw new UserError('--policy and --report do not go with --organization: nothing is deployed.', 2);
        const { runControlTower } = await import('../sandbox/run-control-tower.ts');
        finish(await runControlTower(options));
        return;
      }
      const { runSandbox } = await import('../sandbox/run-sandbox.ts');
      finish(await runSandbox(options, parts));
    })
    .addCommand(deployCommand(finish).exitOverride());
}

/** `staunch sandbox deploy`: another policy for a sandbox that was left running. */
function deployCommand(finish: (status: number) => void): Command {
  return new Command('deploy')
    .summary('deploys a policy into the one that --keep left')
    .description(
      'Deploys a policy into the sandbox that --keep left running: an exemption, a flag, a tag rule.',
    )
    .argument('<file>', 'the policy')
    .addHelpText(
      'after',
      `
It finds the sandbox by AWS_ENDPOINT_URL, and uses AWS_ACCESS_KEY_ID, the id of
the hub's account. --keep prints both.

${names()}

Exit status: 0 when it is deployed; 1 when it is not, or a stack of a member
failed: it prints AWS's reason, and errors of the policy as staunch validate does.

Example:
  npm run -s staunch -- sandbox deploy my-policy.yaml`,
    )
    .action(async (given: string) => {
      const { deployPolicy, readPolicyFile } = await import('../sandbox/deploy-policy.ts');
      const { printableLines } = await import('../../resources/kit/printable.ts');
      const { done, text: said } = await deployPolicy(readPolicyFile(given));
      const text = printableLines(said);
      if (done) say(text);
      else complain(text);
      finish(done ? 0 : 1);
    });
}

/** What a policy can name here, as lines that fit. */
function names(): string {
  return namesForPolicies()
    .split('\n')
    .flatMap((line) => wrapped(line, 79, '  '))
    .join('\n');
}

function positiveNumber(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('It has to be a number above 0, such as 60.');
  return number;
}
