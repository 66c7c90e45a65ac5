import { accountIdPattern, findingId } from '../../../core/finding';
import type { Order } from '../../../core/order';
import { findingCommand, staunchCommand } from '../../../core/staunch-command';
import { wholeOrganization } from '../../../ledger/limits/stop';

/**
 * The command by which a second person orders the same, to be copied: with an end that is no earlier, since the earlier of two
 * counts, and a reason to be filled in.
 * @returns undefined where a finding's name is none for a shell
 */
export function agreeingCommand(order: Order): string | undefined {
  const end = 'until' in order && order.until !== undefined ? ` --until ${nextMinute(order.until)}` : '';
  const options = `${'reason' in order ? ' --reason WHY' : ''}${end}`;
  if ('finding' in order) {
    return findingCommand(order.order, findingId(order.finding, order.occurrence), options);
  }
  if (order.order === 'limits') {
    return staunchCommand(`limits --fixes-per-hour ${order.fixesPerHour}${options}`);
  }
  const list = order.order === 'thaw' ? ` --list ${order.list}` : '';
  return staunchCommand(`${order.order}${scopeOption(order.scope)}${list}${options}`);
}

function scopeOption(scope: string): string {
  if (scope === wholeOrganization) return '';
  return accountIdPattern.test(scope) ? ` --account ${scope}` : ` --ou ${scope}`;
}

/** A time without seconds, as `--until` takes it: `2026-12-24T18:00Z`. */
function nextMinute(time: string): string {
  const minute = 60_000;
  const next = new Date(Math.ceil(Date.parse(time) / minute) * minute);
  return `${next.toISOString().slice(0, 16)}Z`;
}
