import type { EventLog } from '../events';
import type { ApiError } from './protocols/errors';

/**
 * Tells the view of a stranger's call that was refused.
 * @param who for people: the access key, which is an administrator's account
 */
export function warnOf(
  { who }: { who: string },
  { code, message }: Pick<ApiError, 'code' | 'message'>,
  events: EventLog,
): void {
  const [accountId] = /^\d{12}$/.exec(who) ?? [];
  const by = accountId === undefined ? `${who}: ` : '';
  events.emit({
    kind: 'warning',
    ...(accountId && { accountId }),
    text: `refused, ${by}${code}: ${message}`,
  });
}
