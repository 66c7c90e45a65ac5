import type { Cards } from '../../../ledger/cards/cards';
import type { Channels } from '../../../ledger/cards/channels';
import type { DigestMembers } from '../../../ledger/cards/members';
import type { Outbox } from '../../../ledger/cards/outbox';
import type { DeadLetters } from '../dead-letters';
import type { SlackPosts } from './slack-posts';

/** What the poster works with. */
export interface PosterParts {
  cards: Pick<Cards, 'read' | 'change' | 'create'>;
  members: Pick<DigestMembers, 'put' | 'of'>;
  outbox: Pick<Outbox, 'all' | 'put' | 'done' | 'comeAgain'>;
  channels: Pick<Channels, 'take'>;
  slack: Pick<SlackPosts, 'post' | 'update' | 'file'>;
  deadLetters: Pick<DeadLetters, 'put'>;
  titleOf: (controlId: string) => string | undefined;
  /** Whether the policy lets people decide in Slack. */
  hasButtons: boolean;
  /** `slack.storm` of the policy. */
  storm: number;
  /** `approvals.expireMinutes` of the policy. */
  expireMinutes: number;
  newOwner: () => string;
  log: Record<'info' | 'warn' | 'error', (message: string, details: Record<string, unknown>) => void>;
  now: () => Date;
  sleep: (milliseconds: number) => Promise<void>;
}
