import { waitsForPlaces } from '../ledger/limits/waits-for';
import type { HeldVerdict } from './verdict';

/** The verdict on a new finding while its account has no place for it. */
export function placesHeld(accountId: string, limit: number): HeldVerdict {
  return {
    state: 'held',
    heldBy: 'places',
    waitsFor: waitsForPlaces(accountId),
    reason: `Not looked at yet: ${fullReason(accountId, limit)} It is looked at once a place is free.`,
  };
}

/** Why an account has no place. */
export function fullReason(accountId: string, limit: number): string {
  return `${limit} findings of account ${accountId} are open, as many as the policy allows (limits.openFindings).`;
}
