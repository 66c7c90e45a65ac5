import { UnsupportedError } from '../../failures';

const unitMilliseconds: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Milliseconds between two firings of a rate expression. The unit is singular for 1 and plural otherwise:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 *
 * @param expression for example `rate(1 minute)`
 * @throws UnsupportedError for a cron expression, or one that EventBridge would refuse.
 */
export function rateMilliseconds(expression: string): number {
  const [, count = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const milliseconds = unitMilliseconds[unit];
  if (milliseconds === undefined || Number(count) < 1 || (Number(count) === 1) !== (plural === '')) {
    throw new UnsupportedError(
      `The sandbox does not handle the schedule "${expression}"; write it as rate(1 minute) or rate(5 minutes).`,
    );
  }
  return Number(count) * milliseconds;
}
