import { trailDetailType } from '../../../core/trail-call';
import { type Clock, systemClock } from '../../clock';
import type { ApiCall, Gateway } from '../../gateway/api';
import { isLost } from '../../lost';
import type { EventsService } from '../events/definitions';
import { serviceNamed } from '../registry';
import { type CallOutcome, isRecorded, recordOf } from './trail-record';

/** What the events of CloudTrail are made from. */
export interface TrailEventsOptions {
  gateway: Pick<Gateway, 'afterCall' | 'afterRefusal'>;
  events: Pick<EventsService, 'emitFromService'>;
  /** Milliseconds from a call to its event. */
  delay: number;
  clock?: Clock;
}

/** CloudTrail's events of a sandbox. */
export interface TrailEvents {
  /** Has calls from now on told of or not; events that are under way arrive. */
  setTelling(tells: boolean): void;
  /** Whether no event is under way. */
  idle(): boolean;
  stop(): void;
}

/**
 * Puts an event of each call that changes something, also of one that failed, onto the default bus of the account whose resource
 * it reaches, and of the caller's, in the Region of the call. As in AWS, that takes a while; other than there, it takes no trail.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function startTrailEvents({
  gateway,
  events,
  delay,
  clock = systemClock,
}: TrailEventsOptions): TrailEvents {
  /** How to give up each event that is under way. */
  const underWay = new Set<() => void>();
  let tells = true;
  const tell = (call: ApiCall, outcome: CallOutcome): void => {
    if (!tells) return;
    const trail = serviceNamed(call.service)?.trail;
    if (trail === undefined || !isRecorded(call, trail) || isLost(call, 'event')) return;
    const { accountId: owner, region, principal } = call;
    const record = recordOf(call, outcome, trail, clock.now());
    const source = `aws.${record.eventSource.replace(/\.amazonaws\.com$/, '')}`;
    const recipients = principal.kind === 'service' ? [owner] : new Set([owner, principal.accountId]);
    const cancel = clock.after(delay, () => {
      underWay.delete(cancel);
      for (const accountId of recipients) {
        const detail = { ...record, recipientAccountId: accountId };
        void events.emitFromService({ accountId, region }, { source, detailType: trailDetailType, detail });
      }
    });
    underWay.add(cancel);
  };
  const deaf = [
    gateway.afterCall((call, answer) => tell(call, { answer })),
    gateway.afterRefusal((call, refusal) => tell(call, { refusal })),
  ];
  return {
    setTelling(wanted) {
      tells = wanted;
    },
    idle: () => underWay.size === 0,
    stop() {
      for (const stopListening of deaf) stopListening();
      for (const cancel of underWay) cancel();
      underWay.clear();
    },
  };
}
