import { accountIdPattern, findingId } from '../../../core/finding';
import type { Order } from '../../../core/order';
import { findingCommand, staunchCommand } from '../../../core/staunch-command';
import { wholeOrganization } from '../../../ledger/stop';

/**
 * The command by which a second person orders the same, to be copied: with the same end, and a reason to be filled in.
 * @returns undefined where a finding's name is none for a shell
 */
export function agreeingCommand(order: Order): string | undefined {
  const options = `${'reason' in order ? ' --reason WHY' : ''}${'until' in order && order.until !== undefined ? ` --until ${order.until}` : ''}`;
  if ('finding' in order) {
    return findingCommand(order.order, findingId(order.finding, order.occurrence), options);
  }
  return staunchCommand(`${order.order}${scopeOption(order.scope)}${options}`);
}

function scopeOption(scope: string): string {
  if (scope === wholeOrganization) return '';
  return accountIdPattern.test(scope) ? ` --account ${scope}` : ` --ou ${scope}`;
}
