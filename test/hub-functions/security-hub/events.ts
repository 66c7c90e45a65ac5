import type { FindingEvent } from '../../../core/finding-event';
import { findingEventOf, type StateChange } from '../../../core/finding-event';
import { testIdentity } from '../../support/findings';

/** The hub of the tests. */
export const place = { account: '111111111111', region: 'eu-west-1' };

const subject = {
  identity: testIdentity,
  occurrence: 1,
  severity: 'critical' as const,
  receivedAt: '2026-11-27T10:00:00.000Z',
};

/** An event of the tests' finding: in its state since so many minutes after ten. */
export function eventAt(
  minutes: number,
  change: Partial<StateChange> = {},
  more: Partial<FindingEvent> = {},
): FindingEvent {
  const at = new Date(Date.parse(subject.receivedAt) + minutes * 60_000).toISOString();
  const said = { sequence: 1, state: 'waiting' as const, attempt: 1, at, ...change };
  const arn = `arn:aws:ec2:eu-west-1:${testIdentity.accountId}:security-group/${testIdentity.resourceId}`;
  return { ...findingEventOf(subject, said, arn), ...more };
}
