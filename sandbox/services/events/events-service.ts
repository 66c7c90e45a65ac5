import { type Clock, systemClock } from '../../clock';
import type { EventLog, Place } from '../../events';
import { type Failures, UnsupportedError } from '../../failures';
import { AccessDeniedError, type Gateway } from '../../gateway/api';
import type { LambdaService } from '../lambda/definitions';
import { Buses, busArn, placeOf } from './buses';
import type { EventEnvelope, EventRule, EventsService } from './definitions';
import { type EventParts, envelopeOf } from './envelope';
import { observeEvent } from './event-observer';
import { eventsApi } from './put-events';
import { rateMilliseconds } from './schedule';
import { TargetAccess } from './target-access';
import { checkBusTarget, RuleRoles } from './target-bus';
import { deliverToQueue } from './target-queue';
import { deliverToTopic } from './target-topic';
import { Topics } from './topics';

/** What EventBridge's part of the sandbox is made from. */
export interface EventsServiceOptions {
  gateway: Gateway;
  lambda: Pick<LambdaService, 'invokeForService'>;
  log: EventLog;
  failures: Failures;
  /** Rates of schedules are divided by this. */
  timeScale: number;
  /** Names of scheduled rules that do not fire until they are woken. */
  stillSchedules?: readonly string[];
  clock?: Clock;
}

type Target = EventRule['targets'][number];

/** What fires as often as this, or oftener, fires when time passes; milliseconds. */
const often = 5 * 60_000;

/** EventBridge's part of the sandbox; see `EventsService` for what the rest of the sandbox uses. */
class SandboxEventsService implements EventsService {
  private readonly clock: Clock;
  private readonly buses = new Buses();
  private readonly access: TargetAccess;
  private readonly roles: RuleRoles;
  private readonly topics: Topics;
  /** Scheduled rules that do not stand still, by their ARN, and how to stop each. */
  private readonly schedules = new Map<string, { rule: EventRule; cancel: () => void }>();
  private pending = 0;
  private stopped = false;
  private areHeld = false;
  private readonly stillNames: Set<string>;
  /** Scheduled rules that stand still, by their ARN. */
  private readonly still = new Map<string, EventRule>();
  /** ARNs of the scheduled rules whose targets are still at it. */
  private readonly firing = new Set<string>();
  /** Those of them that fire once more when their targets are through. */
  private readonly missed = new Set<string>();

  constructor(private readonly options: EventsServiceOptions) {
    const { gateway, log, failures } = options;
    this.clock = options.clock ?? systemClock;
    this.stillNames = new Set(options.stillSchedules);
    this.access = new TargetAccess(gateway, log);
    this.roles = new RuleRoles(gateway, this.access);
    this.topics = new Topics(gateway);
    const sink = {
      has: (arn: string) => this.buses.has(arn),
      rulesOn: (arn: string) => this.buses.rulesOn(arn),
      putRule: (rule: EventRule) => this.putRule(rule),
      accept: (arn: string, event: EventEnvelope) => this.accept(arn, event),
    };
    gateway.own(
      'events',
      eventsApi(sink, failures, () => this.clock.now()),
    );
  }

  createEventBus(place: Place, name: string): void {
    this.buses.create(place, name);
  }

  deleteEventBus(place: Place, name: string): void {
    this.buses.delete(place, name);
  }

  putRule(rule: EventRule): void {
    for (const target of rule.targets) checkTarget(target, rule);
    this.buses.put(rule);
    this.endSchedule(rule.arn);
    if (rule.scheduleExpression === undefined) return;
    const interval = rateMilliseconds(rule.scheduleExpression) / this.options.timeScale;
    if (!rule.enabled) return;
    if (this.stillNames.has(rule.name)) this.still.set(rule.arn, rule);
    else this.schedule(rule, interval);
  }

  deleteRule(ruleArn: string): void {
    this.buses.drop(ruleArn);
    this.endSchedule(ruleArn);
  }

  private endSchedule(ruleArn: string): void {
    this.schedules.get(ruleArn)?.cancel();
    this.schedules.delete(ruleArn);
    this.still.delete(ruleArn);
  }

  async emitFromService(place: Place, parts: EventParts): Promise<void> {
    this.accept(busArn(place, 'default'), envelopeOf(place, parts, this.clock.now()));
  }

  holdSchedules(held: boolean): void {
    this.areHeld = held;
  }

  wakeSchedule(name: string): void {
    for (const rule of this.goOn(name)) this.fire(rule);
  }

  resumeSchedule(name: string): void {
    this.goOn(name);
  }

  stopSchedule(name: string): void {
    this.stillNames.add(name);
    for (const { rule } of [...this.schedules.values()]) {
      if (rule.name !== name) continue;
      this.endSchedule(rule.arn);
      this.still.set(rule.arn, rule);
    }
  }

  passTime(milliseconds: number): void {
    for (const { rule } of [...this.schedules.values()]) {
      const { arn, scheduleExpression = '' } = rule;
      if (rateMilliseconds(scheduleExpression) > Math.min(milliseconds, often)) continue;
      // What is at it has begun before the time passed.
      if (this.firing.has(arn)) this.missed.add(arn);
      else this.fire(rule);
    }
  }

  /** Starts the schedules of this name that stood still; returns their rules. */
  private goOn(name: string): EventRule[] {
    this.stillNames.delete(name);
    const woken = [...this.still.values()].filter((rule) => rule.name === name);
    for (const rule of woken) {
      this.still.delete(rule.arn);
      const { scheduleExpression = '' } = rule;
      this.schedule(rule, rateMilliseconds(scheduleExpression) / this.options.timeScale);
    }
    return woken;
  }

  idle(): boolean {
    return this.pending === 0;
  }

  stop(): void {
    this.stopped = true;
    for (const { cancel } of this.schedules.values()) cancel();
    this.schedules.clear();
    this.topics.stop();
  }

  /**
   * Fires after each interval, for the first time after one, as a rate does; but not while what it started before still runs. Time
   * passes faster here than functions run: on a busy machine invocations would pile up that never overlap in AWS.
   */
  private schedule(rule: EventRule, interval: number): void {
    const cancel = this.clock.after(interval, () => {
      this.schedule(rule, interval);
      this.fire(rule);
    });
    this.schedules.set(rule.arn, { rule, cancel });
  }

  private fire(rule: EventRule): void {
    if (this.areHeld || this.firing.has(rule.arn)) return;
    this.firing.add(rule.arn);
    const parts = {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      resources: [rule.arn],
      detail: {},
    };
    void this.deliver(rule, envelopeOf(rule, parts, this.clock.now())).finally(() => {
      this.firing.delete(rule.arn);
      if (this.missed.delete(rule.arn) && this.schedules.has(rule.arn)) this.fire(rule);
    });
  }

  /** Takes an event onto a bus, and starts its deliveries. */
  private accept(arn: string, event: EventEnvelope): void {
    observeEvent(arn, event, this.options.log);
    for (const rule of this.buses.matching(arn, event)) void this.deliver(rule, event);
  }

  /** Resolves when every target has had the event, well or badly. */
  private async deliver(rule: EventRule, event: EventEnvelope): Promise<void> {
    await Promise.all(
      rule.targets.map(async (target) => {
        this.pending += 1;
        try {
          await this.deliverTo(target, rule, event);
        } catch (error) {
          // A refused delivery is recorded where it was refused; EventBridge drops the event, as here.
          if (!this.stopped && !(error instanceof AccessDeniedError))
            this.options.failures.report(error as Error);
        } finally {
          this.pending -= 1;
        }
      }),
    );
  }

  private async deliverTo(target: Target, rule: EventRule, event: EventEnvelope): Promise<void> {
    const { gateway, lambda } = this.options;
    const text = target.input ?? JSON.stringify(event);
    switch (target.arn.split(':')[2]) {
      case 'lambda':
        await lambda.invokeForService(target.arn, JSON.parse(text), {
          servicePrincipal: 'events.amazonaws.com',
          sourceArn: rule.arn,
          sourceAccount: rule.accountId,
        });
        break;
      case 'sqs':
        await deliverToQueue(target.arn, text, rule.arn, gateway, this.access);
        break;
      case 'sns':
        await deliverToTopic(target.arn, text, this.topics, this.access);
        break;
      default:
        await this.deliverToBus(target, rule, event);
    }
  }

  /**
   * An event that came from another account is not sent on to a third:
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
   */
  private async deliverToBus(target: Target, rule: EventRule, event: EventEnvelope): Promise<void> {
    const crosses = placeOf(target.arn).accountId !== rule.accountId;
    if (crosses && event.account !== rule.accountId) return;
    const { arn, roleArn = '' } = target;
    await checkBusTarget({ arn, roleArn }, rule.arn, event, this.roles, this.access);
    if (!this.buses.has(arn)) {
      throw new Error(`The rule ${rule.arn} sends to ${arn}, which does not exist; create the bus first.`);
    }
    this.accept(arn, event);
  }
}

/** Refuses a target that the sandbox could not deliver to. */
function checkTarget(target: Target, rule: EventRule): void {
  const [, , service = '', , , resource = ''] = target.arn.split(':');
  const isBus = service === 'events' && resource.startsWith('event-bus/');
  if (!isBus && !['lambda', 'sqs', 'sns'].includes(service)) {
    throw new UnsupportedError(
      `The sandbox does not deliver events to ${target.arn}, a target of ${rule.arn}.`,
    );
  }
  if (isBus && target.roleArn === undefined) {
    throw new UnsupportedError(
      `The target ${target.arn} of ${rule.arn} is an event bus, which needs a role.`,
    );
  }
}

/** Makes EventBridge's part of the sandbox; from now on it answers for `events` on the gateway. */
export function createEventsService(options: EventsServiceOptions): EventsService {
  return new SandboxEventsService(options);
}
