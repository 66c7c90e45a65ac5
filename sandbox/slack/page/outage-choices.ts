import type { SlackOutage } from '../outages';

/** The ways to fail among which the page's user chooses, by what they are called there. */
export const outageChoices: Readonly<Record<string, SlackOutage | undefined>> = {
  'as it should': undefined,
  'too many requests (429, 5 s)': { retryAfterSeconds: 5 },
  'too many requests (429, no time)': { retryAfterSeconds: undefined },
  'server error (500)': 'server-error',
  'unavailable (503)': { status: 503 },
  nothing: 'time-out',
  'cut connections': 'unreachable',
  'cut connections, after the work': 'answer-lost',
  'token revoked': { error: 'token_revoked' },
  'channel archived': { error: 'is_archived' },
  'channel not found': { error: 'channel_not_found' },
};

/** What an outage is called; one that is no choice shows as it is written. */
export function nameOfOutage(outage: SlackOutage | undefined): string {
  const wanted = JSON.stringify(outage);
  const name = Object.entries(outageChoices).find(([, choice]) => JSON.stringify(choice) === wanted)?.[0];
  return name ?? wanted;
}
