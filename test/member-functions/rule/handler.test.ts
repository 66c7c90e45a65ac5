import type { Context } from 'aws-lambda';
import { ParameterSetsError, readParameterSets } from '../../../controls/parameter-sets';
import { control as openPorts } from '../../../controls/security-group-open-ports';
import { RefusedError } from '../../../core/errors';
import type { AwsCall } from '../../../member-functions/rule/aws-api/json-api';
import { sendToHub } from '../../../member-functions/rule/finding-queue';
import {
  type BundledControls,
  createRuleFunction,
  UnknownRuleError,
} from '../../../member-functions/rule/handler';
import { doorControl, doorItem, invocationEvent } from './support';

/** Parameter sets of a policy that says nothing of a control's parameters. */
const everywhereTheDefault = '{"accounts":{},"others":[{}]}';

type Sent = { operation: string; input: Record<string, unknown> };

function setUp(
  answers: {
    history?: unknown[];
    /** What AWS Config answers when it is asked until some time. */
    olderHistory?: unknown[];
    failedEvaluations?: unknown[];
    queueError?: Error;
    configError?: Error;
  } = {},
  control: unknown = doorControl,
  parameterSets: unknown = { accounts: {}, others: [{}] },
  others: BundledControls = {},
) {
  const sent: Sent[] = [];
  const call: AwsCall = async (operation, input) => {
    sent.push({ operation, input: { ...input } });
    if (operation === 'GetResourceConfigHistory')
      return { configurationItems: ('laterTime' in input ? answers.olderHistory : answers.history) ?? [] };
    if (operation === 'SendMessage' && answers.queueError) throw answers.queueError;
    if (operation === 'PutEvaluations' && answers.configError) throw answers.configError;
    return { FailedEvaluations: answers.failedEvaluations ?? [] };
  };
  const handler = createRuleFunction(
    {
      'closed-doors': { control: () => control as never, parameterSets: JSON.stringify(parameterSets) },
      ...others,
    },
    {
      callConfig: call,
      sendFinding: (message) =>
        sendToHub(call, 'https://sqs.eu-west-1.amazonaws.com/999988887777/staunch-remediation', message),
      sendProbe: (message) =>
        sendToHub(call, 'https://sqs.eu-west-1.amazonaws.com/999988887777/staunch-remediation', message),
      pause: async () => {},
    },
  );
  const inputs = (name: string) =>
    sent.filter(({ operation }) => operation === name).map(({ input }) => input);
  return {
    invoke: (event: unknown, context?: Pick<Context, 'invokedFunctionArn'>) =>
      (handler as (event: unknown, context?: object) => Promise<void>)(event, context),
    evaluations: () => inputs('PutEvaluations'),
    findings: () => inputs('SendMessage').map((input) => JSON.parse(String(input.MessageBody))),
    order: () => sent.map(({ operation }) => operation),
  };
}

/** A door as AWS Config's history has it. */
function storedDoor() {
  const { configuration, configurationItemCaptureTime, ...item } = doorItem();
  return {
    ...item,
    configuration: JSON.stringify(configuration),
    configurationItemCaptureTime: Date.parse(String(configurationItemCaptureTime)) / 1000,
  };
}

describe('a rule function', () => {
  beforeAll(() => {
    for (const level of ['info', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation(() => {});
  });

  it('reports a dangerous resource to AWS Config, then sends a finding with the steps that would fix it', async () => {
    const rule = setUp();

    await rule.invoke(invocationEvent({ configurationItem: doorItem() }));

    expect(rule.order()).toEqual(['PutEvaluations', 'SendMessage']);
    expect(rule.evaluations()).toEqual([
      {
        ResultToken: 'token',
        Evaluations: [
          {
            ComplianceResourceType: 'AWS::EC2::SecurityGroup',
            ComplianceResourceId: 'sg-1',
            ComplianceType: 'NON_COMPLIANT',
            Annotation: 'The door is open.',
            OrderingTimestamp: Date.parse('2026-11-01T10:00:00.000Z') / 1000,
          },
        ],
      },
    ]);
    expect(rule.findings()).toEqual([
      {
        version: 1,
        type: 'finding',
        accountId: '111122223333',
        region: 'eu-west-1',
        control: 'closed-doors',
        resourceType: 'AWS::EC2::SecurityGroup',
        resourceId: 'sg-1',
        capturedAt: '2026-11-01T10:00:00.000Z',
        violations: [{ kind: 'open-door', text: 'The door is open.', detail: {} }],
        steps: [{ action: 'close', text: 'Close the door.' }],
      },
    ]);
  });

  it("sends the doctor's probe to the hub as a finding goes, and judges and reports nothing", async () => {
    const rule = setUp();
    const invokedFunctionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:staunch-rule';
    const mark = `probe-${'0'.repeat(16)}-${'1'.repeat(32)}`;

    await rule.invoke({ probe: mark }, { invokedFunctionArn });

    expect(rule.order()).toEqual(['SendMessage']);
    expect(rule.findings()).toEqual([
      { version: 1, type: 'probe', accountId: '111122223333', region: 'eu-west-1', detector: 'rule', mark },
    ]);
  });

  it('sends no finding again when only a network interface came or went', async () => {
    const rule = setUp();
    const configurationItemDiff = { changeType: 'UPDATE', changedProperties: { 'Relationships.0': {} } };

    await rule.invoke(invocationEvent({ configurationItem: doorItem(), configurationItemDiff }));

    expect(rule.evaluations()).toHaveLength(1);
    expect(rule.findings()).toEqual([]);
  });

  it.each([
    [
      'a property that matters changed',
      { changeType: 'UPDATE', changedProperties: { 'Configuration.Door': {} } },
    ],
    [
      'a part of a property that matters changed',
      { changeType: 'UPDATE', changedProperties: { 'Configuration.Door.0': {} } },
    ],
    [
      'all that holds what matters changed',
      { changeType: 'UPDATE', changedProperties: { Configuration: {} } },
    ],
    ['the resource is new', { changeType: 'CREATE', changedProperties: {} }],
    ['AWS Config does not say what changed', null],
  ])('sends a finding when %s', async (_, configurationItemDiff) => {
    const rule = setUp();

    await rule.invoke(invocationEvent({ configurationItem: doorItem(), configurationItemDiff }));

    expect(rule.findings()).toHaveLength(1);
  });

  it('does not take a property for one that merely starts with the same letters', async () => {
    const rule = setUp();
    const configurationItemDiff = {
      changeType: 'UPDATE',
      changedProperties: { 'Configuration.DoorBell': {} },
    };

    await rule.invoke(invocationEvent({ configurationItem: doorItem(), configurationItemDiff }));

    expect(rule.findings()).toEqual([]);
  });

  it.each([
    ['deleted', doorItem({ configurationItemStatus: 'ResourceDeleted', configuration: null }), {}],
    ['no longer recorded', doorItem({ configurationItemStatus: 'ResourceNotRecorded' }), {}],
    ['out of scope', doorItem(), { eventLeftScope: true }],
    ['of another type', doorItem({ resourceType: 'AWS::EC2::Instance' }), {}],
  ])('answers NOT_APPLICABLE, without a finding, for a resource that is %s', async (_, item, overrides) => {
    const rule = setUp();

    await rule.invoke(invocationEvent({ configurationItem: item }, overrides));

    expect(rule.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'NOT_APPLICABLE' }] }]);
    expect(rule.findings()).toEqual([]);
  });

  it('answers NOT_APPLICABLE for an item with fields missing, and asks the hub to look', async () => {
    const rule = setUp();

    await rule.invoke(invocationEvent({ configurationItem: doorItem({ configuration: undefined }) }));

    expect(rule.evaluations()).toMatchObject([
      {
        Evaluations: [
          {
            ComplianceType: 'NOT_APPLICABLE',
            Annotation: 'The configuration item could not be understood: configuration.door is missing',
          },
        ],
      },
    ]);
    expect(rule.findings()).toMatchObject([{ resourceId: 'sg-1', violations: [], steps: [] }]);
  });

  it('fetches an oversized item before it judges', async () => {
    const rule = setUp({
      history: [storedDoor()],
    });
    const { configuration, ...summary } = doorItem();

    await rule.invoke(
      invocationEvent({
        messageType: 'OversizedConfigurationItemChangeNotification',
        configurationItemSummary: summary,
      }),
    );

    expect(rule.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'NON_COMPLIANT' }] }]);
    expect(rule.findings()).toHaveLength(1);
  });

  it('fetches an oversized item that is older than what one call looks through', async () => {
    const rule = setUp({
      history: [],
      olderHistory: [storedDoor()],
    });
    const { configuration, ...summary } = doorItem();

    await rule.invoke(
      invocationEvent({
        messageType: 'OversizedConfigurationItemChangeNotification',
        configurationItemSummary: summary,
      }),
    );

    expect(rule.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'NON_COMPLIANT' }] }]);
  });

  it('asks the hub to look when AWS Config no longer holds an oversized item', async () => {
    const rule = setUp({ history: [] });
    const { configuration, ...summary } = doorItem();

    await rule.invoke(
      invocationEvent({
        messageType: 'OversizedConfigurationItemChangeNotification',
        configurationItemSummary: summary,
      }),
    );

    expect(rule.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'NOT_APPLICABLE' }] }]);
    expect(rule.findings()).toHaveLength(1);
  });

  it('does nothing for an item that names no resource', async () => {
    const rule = setUp();

    await rule.invoke(invocationEvent({ configurationItem: doorItem({ resourceId: undefined }) }));

    expect(rule.order()).toEqual([]);
  });

  it('does nothing for a message that is about no resource', async () => {
    const rule = setUp();

    await rule.invoke(invocationEvent({ messageType: 'ScheduledNotification' }));

    expect(rule.order()).toEqual([]);
  });

  it('only checks the call in test mode', async () => {
    const rule = setUp();

    await rule.invoke(invocationEvent({ configurationItem: doorItem() }, { resultToken: 'TESTMODE' }));

    expect(rule.evaluations()).toMatchObject([{ TestMode: true }]);
    expect(rule.findings()).toEqual([]);
  });

  it('judges by the parameters of its own account alone', async () => {
    const parameterSets = { accounts: { '111122223333': { tolerated: true } }, others: [{}] };
    const own = setUp({}, doorControl, parameterSets);
    await own.invoke(invocationEvent({ configurationItem: doorItem() }));
    expect(own.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'COMPLIANT' }] }]);
    expect(own.findings()).toEqual([]);

    const another = setUp({}, doorControl, parameterSets);
    await another.invoke(invocationEvent({ configurationItem: doorItem() }, { accountId: '444455556666' }));
    expect(another.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'NON_COMPLIANT' }] }]);
  });

  it('calls NON_COMPLIANT, and sends, what is so by any set that may hold in the account', async () => {
    const rule = setUp({}, doorControl, { accounts: {}, others: [{ tolerated: true }, {}] });

    await rule.invoke(invocationEvent({ configurationItem: doorItem() }));

    expect(rule.evaluations()).toMatchObject([
      { Evaluations: [{ ComplianceType: 'NON_COMPLIANT', Annotation: 'The door is open.' }] },
    ]);
    expect(rule.findings()).toMatchObject([
      { violations: [{ kind: 'open-door' }], steps: [{ action: 'close' }] },
    ]);
  });

  it('calls COMPLIANT what is so by every set', async () => {
    const rule = setUp({}, doorControl, { accounts: {}, others: [{}, { tolerated: true }] });

    await rule.invoke(
      invocationEvent({ configurationItem: doorItem({ configuration: { door: 'closed' } }) }),
    );

    expect(rule.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'COMPLIANT' }] }]);
    expect(rule.findings()).toEqual([]);
  });

  it('asks the hub about what one set leaves undecided, although another calls it COMPLIANT', async () => {
    const control = {
      ...doorControl,
      undecided: (_door: unknown, { tolerated }: { tolerated: boolean }) =>
        tolerated ? undefined : 'The door is ajar.',
    };
    const rule = setUp({}, control, { accounts: {}, others: [{ tolerated: true }, {}] });

    await rule.invoke(invocationEvent({ configurationItem: doorItem({ configuration: { door: 'ajar' } }) }));

    expect(rule.evaluations()).toMatchObject([
      { Evaluations: [{ ComplianceType: 'NOT_APPLICABLE', Annotation: 'The door is ajar.' }] },
    ]);
    expect(rule.findings()).toHaveLength(1);
  });

  it('names the first violation of the first set that is not met', async () => {
    const ipPermissions = [
      { ipProtocol: 'tcp', fromPort: 3389, toPort: 3389, ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] },
      { ipProtocol: 'tcp', fromPort: 9200, toPort: 9200, ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] },
    ];
    const rule = setUp({}, openPorts, {
      accounts: {},
      others: [{ prohibitedPorts: [22] }, { prohibitedPorts: [9200] }, { prohibitedPorts: [3389] }],
    });

    await rule.invoke(
      invocationEvent({ configurationItem: doorItem({ configuration: { groupId: 'sg-1', ipPermissions } }) }),
    );

    const [evaluation] = rule.evaluations() as { Evaluations: { Annotation: string }[] }[];
    expect(evaluation?.Evaluations[0]?.Annotation).toContain('9200');
    expect(evaluation?.Evaluations[0]?.Annotation).not.toContain('3389');
  });

  it('keeps the annotation within 256 characters', async () => {
    const talkative = {
      ...doorControl,
      evaluate: () => ({
        compliance: 'NON_COMPLIANT' as const,
        violations: [{ kind: 'open-door', text: 'x'.repeat(1000), detail: {} }],
      }),
    };
    const rule = setUp({}, talkative);

    await rule.invoke(invocationEvent({ configurationItem: doorItem() }));

    const [evaluation] = rule.evaluations() as { Evaluations: { Annotation: string }[] }[];
    expect(evaluation?.Evaluations[0]?.Annotation).toHaveLength(256);
  });

  it.each([
    ['an event that is none', 'text', 'the event is not what AWS Config sends'],
    [
      'an invoking event that is not JSON',
      { ...invocationEvent({}), invokingEvent: '{' },
      'invokingEvent is not JSON',
    ],
  ])('names what is wrong with %s', async (_, event, message) => {
    await expect(setUp().invoke(event)).rejects.toThrow(message);
  });

  it('fails, so that Lambda tries again, when AWS Config does not take the evaluation', async () => {
    const rule = setUp({ failedEvaluations: [{}] });

    await expect(rule.invoke(invocationEvent({ configurationItem: doorItem() }))).rejects.toThrow(
      'AWS Config did not take the evaluation of AWS::EC2::SecurityGroup sg-1',
    );
  });

  it.each([
    ['refuses the call', { configError: new Error('ThrottlingException') }, 'ThrottlingException'],
    ['does not take the evaluation', { failedEvaluations: [{}] }, 'AWS Config did not take the evaluation'],
  ])('tells the hub of a danger, and fails after it, when AWS Config %s', async (_, answers, message) => {
    const rule = setUp(answers);

    await expect(rule.invoke(invocationEvent({ configurationItem: doorItem() }))).rejects.toThrow(message);
    expect(rule.findings()).toMatchObject([{ resourceId: 'sg-1' }]);
  });

  it('reports to AWS Config, and fails after it, when the queue does not take the finding', async () => {
    const rule = setUp({ queueError: new Error('queue away') });

    await expect(rule.invoke(invocationEvent({ configurationItem: doorItem() }))).rejects.toThrow(
      'queue away',
    );
    expect(rule.evaluations()).toHaveLength(1);
  });

  it('answers NOT_APPLICABLE with the reason, and asks the hub, for what the item does not decide', async () => {
    const undecided = { ...doorControl, undecided: () => 'The door is ajar.' };
    const rule = setUp({}, undecided);

    await rule.invoke(invocationEvent({ configurationItem: doorItem({ configuration: { door: 'ajar' } }) }));

    expect(rule.evaluations()).toMatchObject([
      { Evaluations: [{ ComplianceType: 'NOT_APPLICABLE', Annotation: 'The door is ajar.' }] },
    ]);
    expect(rule.findings()).toMatchObject([{ resourceId: 'sg-1', violations: [], steps: [] }]);
  });

  it('calls a danger NON_COMPLIANT also where something else is undecided', async () => {
    const rule = setUp({}, { ...doorControl, undecided: () => 'The door is ajar.' });

    await rule.invoke(invocationEvent({ configurationItem: doorItem() }));

    expect(rule.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'NON_COMPLIANT' }] }]);
  });

  it('asks the hub to look at a group that lets a prefix list in on a prohibited port', async () => {
    const rule = setUp({}, openPorts);
    const ipPermissions = [
      { ipProtocol: 'tcp', fromPort: 22, toPort: 22, prefixListIds: [{ prefixListId: 'pl-1' }] },
    ];
    const configuration = { groupId: 'sg-1', ipPermissions };

    await rule.invoke(invocationEvent({ configurationItem: doorItem({ configuration }) }));

    expect(rule.evaluations()).toMatchObject([
      {
        Evaluations: [
          { ComplianceType: 'NOT_APPLICABLE', Annotation: expect.stringContaining('tcp 22 from pl-1') },
        ],
      },
    ]);
    expect(rule.findings()).toHaveLength(1);
  });

  it('sends a finding without steps for a danger of which nothing may be changed', async () => {
    const plan = () => {
      throw new RefusedError('The door may not be touched.');
    };
    const rule = setUp({}, { ...doorControl, plan });

    await rule.invoke(invocationEvent({ configurationItem: doorItem() }));

    expect(rule.evaluations()).toMatchObject([{ Evaluations: [{ ComplianceType: 'NON_COMPLIANT' }] }]);
    expect(rule.findings()).toMatchObject([{ violations: [{ kind: 'open-door' }], steps: [] }]);
  });
});

describe('the function of all rules', () => {
  const gateControl = {
    ...doorControl,
    id: 'closed-gates',
    evaluate: () => ({ compliance: 'COMPLIANT' as const, violations: [] }),
  };
  const gate = { control: () => gateControl as never, parameterSets: everywhereTheDefault };
  const invocationFor = (configRuleName: unknown) =>
    invocationEvent({ configurationItem: doorItem() }, { configRuleName });

  it('judges by the control whose rule invokes it', async () => {
    const rule = setUp({}, doorControl, undefined, { 'closed-gates': gate });

    await rule.invoke(invocationFor('staunch-closed-gates'));
    await rule.invoke(invocationFor('staunch-closed-doors'));

    expect(rule.evaluations()).toMatchObject([
      { Evaluations: [{ ComplianceType: 'COMPLIANT' }] },
      { Evaluations: [{ ComplianceType: 'NON_COMPLIANT' }] },
    ]);
    expect(rule.findings().map(({ control }) => control)).toEqual(['closed-doors']);
  });

  it.each([
    ['a rule of a control that it does not have', 'staunch-closed-windows'],
    ['a rule whose name is not of Staunch', 'closed-doors'],
    ['a rule that is named like what every object has', 'staunch-constructor'],
    ['a rule without a name', ''],
    ['no rule', undefined],
  ])('evaluates nothing, reports nothing and fails for %s', async (_, ruleName) => {
    const rule = setUp();

    await expect(rule.invoke(invocationFor(ruleName))).rejects.toThrow(UnknownRuleError);

    expect(rule.order()).toEqual([]);
  });

  it('says for which rule it was invoked, and that nothing was evaluated', async () => {
    await expect(setUp().invoke(invocationFor('staunch-closed-windows'))).rejects.toThrow(
      /"staunch-closed-windows".*nothing was evaluated/,
    );
  });

  it.each<[string, Partial<BundledControls[string]>]>([
    [
      'throws while it judges',
      {
        control: () =>
          ({
            ...gateControl,
            evaluate() {
              throw new TypeError('broken');
            },
          }) as never,
      },
    ],
    [
      'cannot be loaded',
      {
        control() {
          throw new TypeError('broken');
        },
      },
    ],
    ['has parameters that it refuses', { parameterSets: '{' }],
    [
      'lacks what reads its setting',
      {
        readAccountSetting() {
          throw new TypeError('broken');
        },
      },
    ],
  ])(
    'judges by the others as before where a control %s, and names the rule that failed',
    async (_, broken) => {
      const log = vi.spyOn(console, 'error').mockClear();
      const rule = setUp({}, doorControl, undefined, { 'closed-gates': { ...gate, ...broken } });

      for (let time = 0; time < 2; time += 1) {
        await expect(rule.invoke(invocationFor('staunch-closed-gates'))).rejects.toThrow();
        await rule.invoke(invocationFor('staunch-closed-doors'));
      }

      expect(rule.evaluations()).toHaveLength(2);
      expect(rule.findings()).toHaveLength(2);
      expect(log.mock.calls).toEqual(
        Array(2).fill([expect.objectContaining({ ruleName: 'staunch-closed-gates' })]),
      );
    },
  );

  it('loads a control when its rule is invoked, and once', async () => {
    const control = vi.fn(gate.control);
    const rule = setUp({}, doorControl, undefined, { 'closed-gates': { ...gate, control } });

    await rule.invoke(invocationFor('staunch-closed-doors'));
    expect(control).not.toHaveBeenCalled();
    await rule.invoke(invocationFor('staunch-closed-gates'));
    await rule.invoke(invocationFor('staunch-closed-gates'));
    expect(control).toHaveBeenCalledTimes(1);
  });
});

describe('readParameterSets', () => {
  const read = (text: string) => readParameterSets(doorControl as never, text);

  it('gives an account its own set, every other account all that may hold, defaults filled in', () => {
    const parametersOf = read(
      '{"accounts":{"111122223333":{"tolerated":true}},"others":[{},{"tolerated":true}]}',
    );
    expect(parametersOf('111122223333')).toEqual([{ tolerated: true }]);
    expect(parametersOf('444455556666')).toEqual([{ tolerated: false }, { tolerated: true }]);
  });

  it.each([
    ['text that is not JSON', '{', 'The parameter sets of closed-doors are not JSON'],
    ['no set for other accounts', '{"accounts":{},"others":[]}', 'at others'],
    ['an account that is none', '{"accounts":{"production":{}},"others":[{}]}', 'at accounts.production'],
    [
      'a set that the control refuses',
      '{"accounts":{},"others":[{"tolerated":"maybe"}]}',
      'closed-doors are not valid at tolerated',
    ],
  ])('refuses %s, and says where', (_what, text, message) => {
    expect(() => read(text)).toThrow(ParameterSetsError);
    expect(() => read(text)).toThrow(message);
  });
});
