import {
  ListOrganizationalUnitsForParentCommand,
  ParentNotFoundException,
} from '@aws-sdk/client-organizations';
import { Command } from 'commander';
import { isParentId } from '../../config/formats';
import { type Hub, withHub } from '../../operator/hub/hub';
import { giveOrder } from '../../operator/orders/give-order';
import { parsePauseEnd } from '../../operator/pause/pause-end';
import { type ScopeOptions, scopeName, scopeOf, scopeOptions } from '../../operator/pause/scope';
import { answerText } from '../answer-text';
import { regionOption } from '../region-option';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';

interface PauseOptions extends ScopeOptions {
  reason: string;
  until?: string;
  region?: string;
}

/**
 * A mistyped id would be a false safety. Where AWS Organizations does not answer, the stop comes first.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html
 * @throws UserError when no unit has the id
 */
async function checkUnit(hub: Hub, scope: string): Promise<void> {
  if (!isParentId(scope)) return;
  try {
    await hub.organizations.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: scope, MaxResults: 1 }),
    );
  } catch (error) {
    if (error instanceof ParentNotFoundException) {
      throw new UserError(`There is no organizational unit ${scope}, so nothing was paused.`);
    }
  }
}

/** `staunch pause`: the stop switch, on. */
export function pauseCommand(finish: (status: number) => void): Command {
  const command = new Command('pause')
    .description('Stops every fix, at once and without a deployment; findings are kept meanwhile.')
    .requiredOption('--reason <text>', 'why; it stands in the ledger and in the channel')
    .option(
      '--until <when>',
      'when it ends by itself: 2h, 7d, 2026-12-24 (the end of that day, UTC) or 2026-12-24T18:00Z; 366 days ahead at most',
    );
  for (const option of scopeOptions()) command.addOption(option);
  return command
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It takes effect before the next write, also of a fix that is under way. Undoing works meanwhile. It needs
lambda:InvokeFunction on the function staunch-coordinator; an account's name or a unit's path also needs what staunch plan needs of
AWS Organizations. Pausing what is paused replaces that pause, its reason and its end. Without --until it lasts until staunch resume;
with it, it ends by itself then, and the channel is told.

Exit status: 0 when it is paused, 1 when it is not: the answer says why.

Examples:
  npm run -s staunch -- pause --reason 'We look into a fix that was wrong'
  npm run -s staunch -- pause --account payments-prod --reason 'Release' --until 2h
  npm run -s staunch -- pause --ou /Workloads/Prod --reason 'Change freeze' --until 2026-12-24`,
    )
    .action(async ({ reason, until, region, ...options }: PauseOptions) => {
      const end = until === undefined ? undefined : parsePauseEnd(until, new Date()).toISOString();
      const { answer, names } = await withHub(region, async (hub) => {
        const scope = await scopeOf(hub, options);
        await checkUnit(hub, scope);
        const order = { order: 'pause', scope, reason, ...(end !== undefined && { until: end }) } as const;
        const answer = await giveOrder(hub, order, `Pausing ${scopeName(scope)}`);
        return { answer, names: await hub.names() };
      });
      console.log(answerText(answer, standardOutput().colours, names));
      finish(answer.done ? 0 : 1);
    });
}
