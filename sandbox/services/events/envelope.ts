import { randomUUID } from 'node:crypto';
import type { Place } from '../../events';
import type { EventEnvelope } from './definitions';

/** The parts of an event that its sender gives. */
export interface EventParts {
  source: string;
  detailType: string;
  resources?: string[];
  detail: unknown;
}

/**
 * An event as EventBridge hands it on; the account and the Region are the sender's, whatever bus it goes to.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 *
 * @param at milliseconds since the epoch
 */
export function envelopeOf(place: Place, parts: EventParts, at: number): EventEnvelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': parts.detailType,
    source: parts.source,
    account: place.accountId,
    time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: place.region,
    resources: parts.resources ?? [],
    detail: parts.detail,
  };
}
