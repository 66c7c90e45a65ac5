import type { Organization } from '../../config/organization';

/**
 * Warns, in one line, where nobody would hear of an alarm.
 * @returns undefined when the policy names somebody
 */
export function alarmWarning({ hub }: Pick<Organization, 'hub'>): string | undefined {
  if (hub.alarms !== undefined) return undefined;
  return 'Warning: no one receives alarms, unless someone subscribed to the topic staunch-alarms by hand. Name e-mail addresses or https URLs in hub.alarms.';
}
