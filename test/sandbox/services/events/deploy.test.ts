import { UnsupportedError } from '../../../../sandbox/failures';
import { createEventBusPolicyHandler, eventBus, rule } from '../../../../sandbox/services/events/deploy';
import { handlerContext } from '../../cloudformation/fakes';

const targets = [{ Arn: 'arn:aws:sns:eu-west-1:222222222222:topic', Id: 'Target0' }];

describe('AWS::Events::Rule', () => {
  it('names the bus in the ARN and the reference of a rule on a bus of its own', async () => {
    const { calls, context } = handlerContext();
    const created = await rule.create(
      { Name: 'reports', EventBusName: 'staunch', EventPattern: { source: ['staunch'] }, Targets: targets },
      context,
    );
    expect(created).toMatchObject({
      ref: 'staunch|reports',
      attributes: { Arn: 'arn:aws:events:eu-west-1:222222222222:rule/staunch/reports' },
    });
    expect(calls[0]?.arguments[0]).toMatchObject({
      eventBusName: 'staunch',
      enabled: true,
      eventPattern: { source: ['staunch'] },
      targets: [{ id: 'Target0', arn: targets[0]?.Arn }],
    });
  });

  it('passes on a disabled schedule with its input', async () => {
    const { calls, context } = handlerContext();
    await rule.create(
      {
        Name: 'sweep',
        ScheduleExpression: 'rate(1 minute)',
        State: 'DISABLED',
        Targets: [{ ...targets[0], Input: '{"sweep":true}' }],
      },
      context,
    );
    expect(calls[0]?.arguments[0]).toMatchObject({
      arn: 'arn:aws:events:eu-west-1:222222222222:rule/sweep',
      eventBusName: 'default',
      enabled: false,
      scheduleExpression: 'rate(1 minute)',
      targets: [{ input: '{"sweep":true}' }],
    });
  });

  it('refuses an input transformer, which the sandbox would not apply', () => {
    const { context } = handlerContext();
    const given = { EventPattern: {}, Targets: [{ ...targets[0], InputTransformer: {} }] };
    expect(() => rule.create(given, context)).toThrow(UnsupportedError);
  });
});

describe('AWS::Events::EventBusPolicy', () => {
  it("adds each statement to its bus's policy, and takes it out again", async () => {
    const { calls, context } = handlerContext();
    const handler = createEventBusPolicyHandler();
    const policy = (StatementId: string) =>
      handler.create({ EventBusName: 'staunch', StatementId, Statement: { Effect: 'Allow' } }, context);
    await eventBus.create({ Name: 'staunch' }, context);
    const first = await policy('One');
    await policy('Two');
    await first.remove?.();

    const policies = calls
      .filter(({ name }) => name === 'gateway.setResourcePolicy')
      .map(({ arguments: [arn, text] }) => [arn, JSON.parse(String(text)).Statement]);
    const arn = 'arn:aws:events:eu-west-1:222222222222:event-bus/staunch';
    const one = { Effect: 'Allow', Sid: 'One' };
    const two = { Effect: 'Allow', Sid: 'Two' };
    expect(policies).toEqual([
      [arn, [one]],
      [arn, [one, two]],
      [arn, [two]],
    ]);
  });
});
