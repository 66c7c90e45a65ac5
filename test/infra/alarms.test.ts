import type { Template } from '../../infra/assembly';
import { resourceTypes } from '../../resources/resource-types';
import { pageText, sections } from '../docs/support/pages';
import {
  assemble,
  assembleFor,
  flat,
  policyFile,
  propertiesOf,
  resourcesOf,
  stackTemplate,
} from './support/assemble';

/** What CloudWatch has of a metric in one period; absent where it has nothing. */
type Value = number | undefined;

interface Rule {
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
  Threshold: number;
  ComparisonOperator: string;
  TreatMissingData: string;
}

/**
 * Whether an alarm rings at some time in a row of periods. CloudWatch looks at the last ones, and a missing value is breaching or not as
 * the alarm says: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
function rings(alarm: Record<string, unknown>, values: readonly Value[]): boolean {
  const { EvaluationPeriods: of, DatapointsToAlarm: needed = of, ...rule } = alarm as unknown as Rule;
  const breaches = (value: Value) => {
    if (value === undefined) return rule.TreatMissingData === 'breaching';
    return rule.ComparisonOperator === 'LessThanThreshold' ? value < rule.Threshold : value >= rule.Threshold;
  };
  return values.some(
    (_value, at) => at + 1 >= of && values.slice(at + 1 - of, at + 1).filter(breaches).length >= needed,
  );
}

/** Minutes of a queue, each with the two numbers that SQS tells CloudWatch. */
type Minute = Record<'ApproximateNumberOfMessagesVisible' | 'ApproximateNumberOfMessagesNotVisible', number>;

interface Query {
  Id: string;
  Expression?: string;
  ReturnData?: boolean;
  MetricStat?: { Metric: { MetricName: keyof Minute; Dimensions: { Value: unknown }[] }; Period: number };
}

/** What an alarm's expression comes to in each minute; it adds metrics up. */
function sums({ Metrics }: Record<string, unknown>, minutes: readonly Minute[]): number[] {
  const queries = Metrics as Query[];
  const [expression, ...more] = queries.filter(({ Expression }) => Expression !== undefined);
  expect(more).toEqual([]);
  expect(
    queries.every(({ MetricStat, ReturnData }) => MetricStat === undefined || ReturnData === false),
  ).toBe(true);
  const terms = (expression?.Expression ?? '').split(' + ');
  const names = terms.map((term) => queries.find(({ Id }) => Id === term)?.MetricStat?.Metric.MetricName);
  return minutes.map((minute) => names.reduce((sum, name) => sum + (name ? minute[name] : Number.NaN), 0));
}

const minuteOf = (visible: number, inFlight: number): Minute => ({
  ApproximateNumberOfMessagesVisible: visible,
  ApproximateNumberOfMessagesNotVisible: inFlight,
});

describe('alarms', () => {
  let hub: Template;

  beforeAll(async () => {
    hub = stackTemplate(await assemble(), 'staunch-hub');
  }, 60_000);

  it('each have a section in docs/runbook.md: check, cause, cure, verify', () => {
    const alarms = sections(pageText('docs/runbook.md'), 3);
    const names = resourcesOf(hub, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties?.AlarmName,
    );
    // Of a function that only some policies have: test/infra/security-hub.test.ts.
    const optional = ['dead-letters', 'errors'].map((what) => `staunch-security-hub-${what}`);

    expect([...alarms.keys()].sort()).toEqual([...names, ...optional].sort());
    for (const [name, text] of alarms) {
      const parts = [...text.matchAll(/^- \*\*(\w+)\*\*/gm)].map(([, part]) => part);
      expect([name, parts]).toEqual([name, ['Check', 'Cause', 'Cure', 'Verify']]);
    }
  });

  const alarm = (name: string) => propertiesOf(hub, 'AWS::CloudWatch::Alarm', 'AlarmName', name);
  const idOf = (type: string, property: string, value: string) =>
    resourcesOf(hub, type).find(([, { Properties }]) => Properties?.[property] === value)?.[0] ?? '';

  it('ring on the topic of alarms, and on no other', () => {
    const alarms = resourcesOf(hub, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties ?? {});
    const slugs = Object.values(resourceTypes)
      .map(({ slug }) => slug)
      .sort();
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      'staunch-coordinator-errors',
      'staunch-daily-doctor-errors',
      'staunch-notifier-dead-letters',
      'staunch-notifier-errors',
      'staunch-notifier-waits',
      'staunch-orders-errors',
      'staunch-patrol-dead-letters',
      'staunch-patrol-dispatcher-errors',
      'staunch-patrol-walker-errors',
      'staunch-reconcile-errors',
      ...slugs.map((slug) => `staunch-remediate-${slug}-errors`),
      'staunch-remediation-dead-letters',
      'staunch-remediation-waits',
      'staunch-slack-actions-dead-letters',
      'staunch-slack-actions-errors',
      'staunch-slack-actions-waits',
      'staunch-slack-errors',
      'staunch-slack-poster-errors',
      'staunch-slack-posts-dead-letters',
      'staunch-slack-posts-waits',
      'staunch-sweep-stopped',
    ]);
    const topic = idOf('AWS::SNS::Topic', 'TopicName', 'staunch-alarms');
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: topic }]);
  });

  describe.each(['staunch-notifier', 'staunch-remediation', 'staunch-slack-actions', 'staunch-slack-posts'])(
    'on what waits in %s',
    (queue) => {
      const waits = () => alarm(`${queue}-waits`);

      it('watch that queue minute by minute, and no age, which passes over what was received three times', () => {
        const id =
          idOf('AWS::SQS::Queue', 'QueueName', queue) ||
          idOf('AWS::SQS::Queue', 'QueueName', `${queue}.fifo`);
        expect(waits()).not.toHaveProperty('MetricName');
        const metrics = (waits().Metrics as Query[]).flatMap(({ MetricStat }) =>
          MetricStat ? [MetricStat] : [],
        );
        expect(metrics.map(({ Metric }) => Metric.MetricName).sort()).toEqual([
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesVisible',
        ]);
        for (const { Metric, Period } of metrics) {
          expect(Period).toBe(60);
          expect(Metric.Dimensions).toEqual([
            { Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } },
          ]);
        }
      });

      it('ring for one message that fails each time, and is in flight in between', () => {
        const failing = Array.from({ length: 40 }, (_, minute) =>
          minute % 6 === 0 ? minuteOf(1, 0) : minuteOf(0, 1),
        );
        expect(rings(waits(), sums(waits(), failing))).toBe(true);
      });

      it('ring when nobody takes messages at all', () => {
        expect(rings(waits(), sums(waits(), Array<Minute>(30).fill(minuteOf(12, 0))))).toBe(true);
      });

      it('ring though SQS tells too little once in a while', () => {
        const told = Array.from({ length: 30 }, (_, minute) =>
          minute % 10 === 0 ? minuteOf(0, 0) : minuteOf(0, 1),
        );
        expect(rings(waits(), sums(waits(), told))).toBe(true);
      });

      it.each([
        ['a message that is posted at the fourth try', 24],
        ['an outage of 26 minutes', 26],
      ])('do not ring for %s', (_what, minutes) => {
        const over = [
          ...Array<Minute>(minutes).fill(minuteOf(0, 1)),
          ...Array<Minute>(60).fill(minuteOf(0, 0)),
        ];
        expect(rings(waits(), sums(waits(), over))).toBe(false);
      });

      it('do not ring for messages that come all the time, and are dealt with', () => {
        const busy = Array.from({ length: 240 }, (_, minute) =>
          minute % 2 ? minuteOf(0, 1) : minuteOf(0, 0),
        );
        expect(rings(waits(), sums(waits(), busy))).toBe(false);
      });
    },
  );

  describe('on sweeps', () => {
    const stopped = () => alarm('staunch-sweep-stopped');
    const perFiveMinutes = 5;

    it('count the line that the coordinator writes at the end of each', () => {
      const logs = idOf('AWS::Logs::LogGroup', 'LogGroupName', '/aws/lambda/staunch-coordinator');
      const filter = resourcesOf(hub, 'AWS::Logs::MetricFilter')
        .map(([, { Properties }]) => Properties ?? {})
        .find(
          ({ LogGroupName, FilterPattern }) =>
            flat(LogGroupName).includes(logs) && flat(FilterPattern).includes('Swept'),
        );
      expect(filter).toMatchObject({
        FilterPattern: '{ $.message = "Swept" }',
        MetricTransformations: [{ MetricNamespace: 'Staunch', MetricName: 'Sweeps', MetricValue: '1' }],
      });
      expect(stopped()).toMatchObject({
        Namespace: 'Staunch',
        MetricName: 'Sweeps',
        Statistic: 'Sum',
        Period: 300,
      });
    });

    it('ring after a quarter of an hour without one', () => {
      expect(rings(stopped(), [perFiveMinutes, undefined, undefined, undefined])).toBe(true);
      expect(rings(stopped(), [undefined, undefined, 1, undefined, undefined])).toBe(false);
    });

    it('stay silent while they come', () => {
      expect(rings(stopped(), Array<Value>(100).fill(perFiveMinutes))).toBe(false);
    });
  });

  it.each([
    'staunch-remediation-dead-letters',
    'staunch-notifier-dead-letters',
    'staunch-patrol-dead-letters',
    'staunch-slack-posts-dead-letters',
  ])('%s keeps ringing when CloudWatch is told no more of a queue that nobody touches', (name) => {
    expect(alarm(name)).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
    });
  });

  it('ring for no event that cannot be read, which is counted all the same', () => {
    const filters = resourcesOf(hub, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties ?? {});
    expect(filters).toContainEqual(
      expect.objectContaining({
        FilterPattern: '{ $.message = "Dropped an event that cannot be read" }',
        MetricTransformations: [
          { MetricNamespace: 'Staunch', MetricName: 'UnreadableEvents', MetricValue: '1' },
        ],
      }),
    );
  });
});

describe("the policy's subscribers", () => {
  const subscriptionsOf = async (alarms: string) => {
    const policy = policyFile('off').replace('region: eu-west-1 }', `region: eu-west-1${alarms} }`);
    const hub = stackTemplate(await assembleFor(policy), 'staunch-hub');
    const topics = new Map(
      resourcesOf(hub, 'AWS::SNS::Topic').map(([id, { Properties }]) => [id, Properties?.TopicName]),
    );
    return resourcesOf(hub, 'AWS::SNS::Subscription').map(([id, { Properties }]) => {
      const { TopicArn, Protocol, Endpoint } = Properties ?? {};
      const topic = topics.get((TopicArn as { Ref: string }).Ref);
      return { id, topic, Protocol, Endpoint };
    });
  };
  const toAlarms = async (alarms: string) =>
    (await subscriptionsOf(alarms)).filter(({ topic }) => topic === 'staunch-alarms');

  it('are subscribed to alarms alone, each under an id that follows from it', async () => {
    const pager = 'https://events.example.com/sns/alarm';
    const two = await toAlarms(`, alarms: [security@example.com, "${pager}"]`);
    expect(two).toEqual([
      {
        id: expect.any(String),
        topic: 'staunch-alarms',
        Protocol: 'email',
        Endpoint: 'security@example.com',
      },
      { id: expect.any(String), topic: 'staunch-alarms', Protocol: 'https', Endpoint: pager },
    ]);
    expect(await toAlarms(`, alarms: ["${pager}"]`)).toEqual([two[1]]);
  }, 60_000);

  it('are none where the policy names none', async () => {
    expect((await subscriptionsOf('')).map(({ topic, Protocol }) => [topic, Protocol])).toEqual([
      ['staunch-notifications', 'sqs'],
    ]);
  }, 60_000);
});
