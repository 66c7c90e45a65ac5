import { TemplateError } from '../../../../sandbox/cloudformation/errors';
import { UnsupportedError } from '../../../../sandbox/failures';
import { metricFilter } from '../../../../sandbox/services/logs/deploy';
import { subscription } from '../../../../sandbox/services/sns/deploy';
import { handlerContext } from '../../cloudformation/fakes';

const TopicArn = 'arn:aws:sns:eu-west-1:222222222222:staunch-alarms';

describe('a subscription that leads out of this machine', () => {
  it.each([
    ['email', 'security@example.com'],
    ['https', 'https://events.example.com/staunch'],
  ])('by %s stays pending, and nothing is asked to confirm it', async (Protocol, Endpoint) => {
    const { context } = handlerContext();
    const created = await subscription.create({ TopicArn, Protocol, Endpoint }, context);
    expect(created.ref).toMatch(`${TopicArn}:`);
    await expect(created.remove?.()).resolves.toBeUndefined();
  });

  it('is refused by a protocol that nothing in Staunch uses', () => {
    const { context } = handlerContext();
    const create = () => subscription.create({ TopicArn, Protocol: 'sms', Endpoint: '+15550100' }, context);
    expect(create).toThrow(UnsupportedError);
  });
});

describe('a metric filter', () => {
  const properties = {
    LogGroupName: '/aws/lambda/staunch-coordinator',
    FilterPattern: '{ $.message = "Swept" }',
    MetricTransformations: [{ MetricNamespace: 'Staunch', MetricName: 'Sweeps', MetricValue: '1' }],
  };

  it('is taken, and counts nothing', async () => {
    const { context } = handlerContext();
    expect(await metricFilter.create(properties, context)).toMatchObject({ ref: 'generated-name' });
  });

  it('is refused without what CloudFormation asks for', () => {
    const { context } = handlerContext();
    const { FilterPattern: _pattern, ...rest } = properties;
    expect(() => metricFilter.create(rest, context)).toThrow(TemplateError);
  });
});
