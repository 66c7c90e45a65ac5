import type { Mock } from 'vitest';
import { EventLog } from '../../../../sandbox/events';
import { Failures } from '../../../../sandbox/failures';
import { AccessDeniedError } from '../../../../sandbox/gateway/api';
import type { EventRule, EventsService } from '../../../../sandbox/services/events/definitions';
import { createEventsService } from '../../../../sandbox/services/events/events-service';
import type { LambdaService } from '../../../../sandbox/services/lambda/definitions';
import { apiCall, type FakeGateway, fakeGateway } from '../lambda/fake-gateway';
import { ManualClock, until } from '../lambda/manual-clock';

const hub = { accountId: '111111111111', region: 'eu-west-1' };
const member = { accountId: '222222222222', region: 'us-east-1' };
const hubBus = 'arn:aws:events:eu-west-1:111111111111:event-bus/staunch';
const functionArn = 'arn:aws:lambda:eu-west-1:111111111111:function:staunch-coordinator';
const forwardRole = 'arn:aws:iam::222222222222:role/staunch/staunch-forward-events';

let gateway: FakeGateway;
let log: EventLog;
let failures: Failures;
let clock: ManualClock;
type Invoke = LambdaService['invokeForService'];
let invokeForService: Mock<Invoke>;
let events: EventsService;

beforeEach(() => {
  gateway = fakeGateway();
  log = new EventLog();
  failures = new Failures();
  clock = new ManualClock();
  invokeForService = vi.fn<Invoke>(async () => ({ payload: 'null' }));
  events = eventsService();
  events.createEventBus(hub, 'staunch');
});

function eventsService(more: { stillSchedules?: string[] } = {}): EventsService {
  return createEventsService({
    gateway,
    lambda: { invokeForService },
    log,
    failures,
    timeScale: 60,
    clock,
    ...more,
  });
}
afterEach(() => {
  events.stop();
  expect(failures.all).toEqual([]);
});

function rule(parts: Partial<EventRule>): EventRule {
  return {
    ...hub,
    name: 'tested',
    arn: 'arn:aws:events:eu-west-1:111111111111:rule/staunch/tested',
    eventBusName: 'staunch',
    enabled: true,
    targets: [{ id: 'function', arn: functionArn }],
    ...parts,
  };
}

const forwarding = rule({
  ...member,
  name: 'forward',
  arn: 'arn:aws:events:us-east-1:222222222222:rule/forward',
  eventBusName: 'default',
  eventPattern: { source: ['aws.config'] },
  targets: [{ id: 'hub', arn: hubBus, roleArn: forwardRole }],
});

async function delivered(): Promise<void> {
  await until(() => events.idle());
}

/** The answer of PutEvents, called by an administrator of the hub. */
async function putEvents(...Entries: Record<string, unknown>[]) {
  const answer = await gateway.call(
    'events',
    apiCall({
      service: 'events',
      operation: 'PutEvents',
      region: hub.region,
      accountId: hub.accountId,
      principal: { kind: 'account', accountId: hub.accountId, arn: `arn:aws:iam::${hub.accountId}:root` },
      parameters: { Entries },
    }),
  );
  return { status: answer.status, body: JSON.parse(String(answer.body)) };
}

const entry = { Source: 'staunch', DetailType: 'Report', Detail: '{"a":1}', EventBusName: 'staunch' };

describe('a rule with a pattern', () => {
  it("hands a matching event to its function, in the envelope of the sender's account", async () => {
    events.putRule(rule({ eventPattern: { source: ['staunch'] } }));
    const { body } = await putEvents(
      { ...entry, Resources: ['arn:aws:s3:::b'] },
      { ...entry, Source: 'other' },
    );
    await delivered();
    expect(body).toEqual({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }, { EventId: expect.any(String) }],
    });
    expect(invokeForService.mock.calls).toEqual([
      [
        functionArn,
        {
          version: '0',
          id: body.Entries[0].EventId,
          'detail-type': 'Report',
          source: 'staunch',
          account: hub.accountId,
          time: '2026-01-01T00:00:00Z',
          region: hub.region,
          resources: ['arn:aws:s3:::b'],
          detail: { a: 1 },
        },
        { servicePrincipal: 'events.amazonaws.com', sourceArn: rule({}).arn, sourceAccount: hub.accountId },
      ],
    ]);
  });

  it('does nothing while it is disabled, or on another bus', async () => {
    events.putRule(rule({ eventPattern: { source: ['staunch'] }, enabled: false }));
    events.putRule(
      rule({ arn: `${rule({}).arn}-2`, eventPattern: { source: ['staunch'] }, eventBusName: 'default' }),
    );
    await putEvents(entry);
    await delivered();
    expect(invokeForService).not.toHaveBeenCalled();
  });

  it('is replaced when it is put again', async () => {
    events.putRule(rule({ eventPattern: { source: ['staunch'] } }));
    events.putRule(rule({ eventPattern: { source: ['other'] } }));
    await putEvents(entry);
    await delivered();
    expect(invokeForService).not.toHaveBeenCalled();
  });

  it('is not idle until its function has answered', async () => {
    let answer = () => {};
    invokeForService.mockImplementation(
      () =>
        new Promise((resolve) => {
          answer = () => resolve({ payload: 'null' });
        }),
    );
    events.putRule(rule({ eventPattern: { source: ['staunch'] } }));
    await putEvents(entry);
    expect(events.idle()).toBe(false);
    answer();
    await delivered();
  });

  it('drops an event that the function refuses, without stopping the run', async () => {
    invokeForService.mockRejectedValue(new AccessDeniedError('no permission'));
    events.putRule(rule({ eventPattern: { source: ['staunch'] } }));
    await putEvents(entry);
    await delivered();
  });

  it('is refused when its target is of a kind that nobody delivers to', () => {
    const target = { id: 'log', arn: 'arn:aws:logs:eu-west-1:111111111111:log-group:x' };
    expect(() => events.putRule(rule({ eventPattern: {}, targets: [target] }))).toThrow(/does not deliver/);
  });
});

describe('a schedule', () => {
  const scheduled = (parts: Partial<EventRule> = {}) =>
    rule({ eventBusName: 'default', scheduleExpression: 'rate(1 minute)', ...parts });

  it('fires at its rate divided by the time scale, with the input of its target', async () => {
    events.putRule(scheduled({ targets: [{ id: 'f', arn: functionArn, input: '{"sweep":true}' }] }));
    clock.advance(999);
    expect(invokeForService).not.toHaveBeenCalled();
    for (const milliseconds of [1, 1000, 1000]) {
      clock.advance(milliseconds);
      await delivered();
    }
    expect(invokeForService).toHaveBeenCalledTimes(3);
    expect(invokeForService.mock.calls[0]?.[1]).toEqual({ sweep: true });
  });

  it('does not fire while what it started before still runs, and fires again after that', async () => {
    let end = () => {};
    invokeForService.mockImplementationOnce(
      () => new Promise((resolve) => (end = () => resolve({ payload: 'null' }))),
    );
    events.putRule(scheduled());
    clock.advance(5000);
    expect(invokeForService).toHaveBeenCalledTimes(1);
    end();
    await delivered();
    clock.advance(1000);
    expect(invokeForService).toHaveBeenCalledTimes(2);
  });

  it('sends the event of a schedule where the target has no input', async () => {
    events.putRule(scheduled());
    clock.advance(1000);
    await delivered();
    expect(invokeForService.mock.calls[0]?.[1]).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: [scheduled().arn],
    });
  });

  it('fires when time passes that is as long as its rate, once more where it was at it, and at its times from then on', async () => {
    const ends: (() => void)[] = [];
    invokeForService.mockImplementation(
      () => new Promise((resolve) => ends.push(() => resolve({ payload: 'null' }))),
    );
    events.putRule(scheduled());
    events.passTime(59_999);
    expect(invokeForService).not.toHaveBeenCalled();
    events.passTime(60_000);
    expect(invokeForService).toHaveBeenCalledTimes(1);
    // It is at it since before that time passed.
    events.passTime(3_600_000);
    expect(invokeForService).toHaveBeenCalledTimes(1);
    ends[0]?.();
    await until(() => ends.length === 2);
    ends[1]?.();
    await delivered();
    expect(invokeForService).toHaveBeenCalledTimes(2);
    clock.advance(1000);
    expect(invokeForService).toHaveBeenCalledTimes(3);
    ends[2]?.();
  });

  it('does not fire when time passes where it fires seldomer than every five minutes, or all are held', () => {
    events.putRule(rule({ ...scheduled(), scheduleExpression: 'rate(1 day)' }));
    events.passTime(48 * 3_600_000);
    events.putRule(scheduled());
    events.holdSchedules(true);
    events.passTime(60_000);
    expect(invokeForService).not.toHaveBeenCalled();
  });

  it('does not fire while all are held, and goes on afterwards', async () => {
    events.putRule(scheduled());
    events.holdSchedules(true);
    clock.advance(5000);
    expect(invokeForService).not.toHaveBeenCalled();
    events.holdSchedules(false);
    clock.advance(1000);
    await delivered();
    expect(invokeForService).toHaveBeenCalledTimes(1);
  });

  it('stands still until it is woken, fires then, and at its times from then on', async () => {
    events.stop();
    events = eventsService({ stillSchedules: [scheduled().name] });
    events.putRule(scheduled());
    clock.advance(5000);
    expect(invokeForService).not.toHaveBeenCalled();
    events.wakeSchedule(scheduled().name);
    expect(invokeForService).toHaveBeenCalledTimes(1);
    await delivered();
    clock.advance(1000);
    events.wakeSchedule(scheduled().name);
    expect(invokeForService).toHaveBeenCalledTimes(2);
  });

  it('stands still from when it is stopped until it goes on, and fires at its times alone', async () => {
    events.putRule(scheduled());
    events.stopSchedule(scheduled().name);
    events.stopSchedule(scheduled().name);
    clock.advance(5000);
    expect(invokeForService).not.toHaveBeenCalled();
    events.resumeSchedule(scheduled().name);
    events.resumeSchedule(scheduled().name);
    expect(invokeForService).not.toHaveBeenCalled();
    clock.advance(1000);
    await delivered();
    expect(invokeForService).toHaveBeenCalledTimes(1);
  });

  it('never fires while it is disabled, nor after the end', () => {
    events.putRule(scheduled());
    events.putRule(scheduled({ enabled: false }));
    clock.advance(60_000);
    events.putRule(scheduled());
    events.stop();
    clock.advance(60_000);
    expect(invokeForService).not.toHaveBeenCalled();
  });
});

describe('a rule that sends to another bus', () => {
  const change = {
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    detail: {
      awsAccountId: member.accountId,
      awsRegion: member.region,
      configRuleName: 'staunch-s3-public-access',
      resourceId: 'bucket',
      oldEvaluationResult: { complianceType: 'COMPLIANT' },
      newEvaluationResult: { complianceType: 'NON_COMPLIANT' },
    },
  };

  it("keeps the member's account and Region, and is recorded at the hub", async () => {
    events.putRule(forwarding);
    events.putRule(rule({ eventPattern: { account: [member.accountId] } }));
    await events.emitFromService(member, change);
    await delivered();
    expect(invokeForService.mock.calls[0]?.[1]).toMatchObject({
      account: member.accountId,
      region: member.region,
      source: 'aws.config',
    });
    expect(log.events).toEqual([
      expect.objectContaining({
        kind: 'compliance-change',
        rule: 'staunch-s3-public-access',
        from: 'COMPLIANT',
        to: 'NON_COMPLIANT',
        resourceId: 'bucket',
      }),
    ]);
  });

  it('asks whether its role may, with the source and the detail type', async () => {
    events.putRule(forwarding);
    gateway.allow = () => false;
    await events.emitFromService(member, change);
    await delivered();
    expect(gateway.asked).toEqual([
      {
        principal: expect.objectContaining({ kind: 'role', roleArn: forwardRole }),
        action: 'events:PutEvents',
        resource: hubBus,
        resourceAccountId: hub.accountId,
        context: {
          'events:source': 'aws.config',
          'events:detail-type': 'Config Rules Compliance Change',
          'events:eventbusinvocation': 'true',
        },
      },
    ]);
    expect(log.events.map((event) => event.kind)).toEqual(['denied']);
  });

  it('sends nothing when its role does not trust EventBridge', async () => {
    gateway.untrusted.add(forwardRole);
    events.putRule(forwarding);
    await events.emitFromService(member, change);
    await delivered();
    expect(log.events).toEqual([
      expect.objectContaining({ kind: 'denied', action: 'sts:AssumeRole', resource: forwardRole }),
    ]);
  });

  it('does not send an event of another account on to a third', async () => {
    const third = 'arn:aws:events:eu-west-1:333333333333:event-bus/default';
    events.putRule(forwarding);
    events.putRule(
      rule({
        eventPattern: { source: ['aws.config'] },
        targets: [{ id: 'third', arn: third, roleArn: 'arn:aws:iam::111111111111:role/forward' }],
      }),
    );
    await events.emitFromService(member, change);
    await delivered();
    expect(gateway.asked.map((request) => request.resource)).toEqual([hubBus]);
  });

  it('needs a role', () => {
    expect(() => events.putRule({ ...forwarding, targets: [{ id: 'hub', arn: hubBus }] })).toThrow(
      /needs a role/,
    );
  });
});

describe('PutEvents', () => {
  it('counts refused entries, and takes the others', async () => {
    const { body } = await putEvents(
      entry,
      { ...entry, Detail: 'not JSON' },
      { ...entry, Detail: '[1]' },
      { ...entry, Source: '' },
      { ...entry, Source: 'aws.config' },
      { ...entry, EventBusName: 'missing' },
    );
    expect(body.FailedEntryCount).toBe(5);
    expect(body.Entries.map((answer: { ErrorCode?: string }) => answer.ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      'ResourceNotFoundException',
    ]);
  });

  it('takes ten entries at most', async () => {
    const { status, body } = await putEvents(...Array.from({ length: 11 }, () => entry));
    expect(status).toBe(400);
    expect(body.__type).toBe('ValidationException');
  });

  it('records a report on the hub bus, from the hub only', async () => {
    const report = { version: 1, reportId: 'r', state: 'fixed' };
    const reported = {
      Source: 'staunch',
      DetailType: 'Staunch Remediation Report',
      Detail: JSON.stringify(report),
      EventBusName: hubBus,
    };
    await putEvents(reported);
    await gateway.call(
      'events',
      apiCall({
        operation: 'PutEvents',
        principal: { kind: 'account', accountId: member.accountId, arn: 'arn:aws:iam::222222222222:root' },
        parameters: { Entries: [reported] },
      }),
    );
    expect(log.events).toEqual([expect.objectContaining({ kind: 'report', report })]);
  });
});

describe('another operation of EventBridge', () => {
  it('stops the run', async () => {
    const answer = await gateway.call('events', apiCall({ operation: 'PutRule' }));
    expect(answer.status).toBe(501);
    expect(failures.all.splice(0)).toEqual([expect.objectContaining({ name: 'UnsupportedError' })]);
  });
});
