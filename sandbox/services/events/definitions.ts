import type { Place } from '../../events';

/** An EventBridge rule, as its template describes it. */
export interface EventRule extends Place {
  name: string;
  arn: string;
  /** `default`, or the bus's name. */
  eventBusName: string;
  /** Pattern as an object; absent for a schedule. */
  eventPattern?: Record<string, unknown>;
  /** `rate(1 minute)`; absent for a pattern. */
  scheduleExpression?: string;
  enabled: boolean;
  targets: { id: string; arn: string; roleArn?: string; input?: string }[];
}

/** An event as EventBridge delivers it. */
export interface EventEnvelope {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
}

/** EventBridge's part of the sandbox. */
export interface EventsService {
  createEventBus(place: Place, name: string): void;
  deleteEventBus(place: Place, name: string): void;
  /** Starts a schedule too; its rate is divided by the sandbox's time scale. */
  putRule(rule: EventRule): void;
  /** Deletes a rule, and ends its schedule. */
  deleteRule(ruleArn: string): void;
  /** Puts an event that an AWS service makes on an account's default bus. */
  emitFromService(
    place: Place,
    event: { source: string; detailType: string; resources?: string[]; detail: unknown },
  ): Promise<void>;
  /** Lets no schedule fire until it is called with false; what is under way goes on. For tests. */
  holdSchedules(held: boolean): void;
  /**
   * Lets time pass: what fires in that time, and at least every five minutes, does so once. What fires seldomer goes by its own time, so
   * that a test that lets a day pass is not joined by what runs once a day.
   */
  passTime(milliseconds: number): void;
  /** Fires a schedule that stood still, and lets it go on; nothing where it does not stand still. */
  wakeSchedule(name: string): void;
  /** Lets a schedule stand still, until it is woken or goes on; nothing where it does already. */
  stopSchedule(name: string): void;
  /** Lets a schedule that stood still go on, without firing it now; nothing where it does not stand still. */
  resumeSchedule(name: string): void;
  /** Whether every event was delivered to its targets; for a function also: whether it has answered. */
  idle(): boolean;
  stop(): void;
}
