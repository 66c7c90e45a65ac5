import { NoSuchPublicAccessBlockConfiguration } from '@aws-sdk/client-s3-control';
import type { CustomControl } from '../../../controls/control';
import { control } from '../../../controls/s3-public-access';
import { readAccountSetting } from '../../../member-functions/rule/account-settings/public-access-block';
import { AwsError } from '../../../member-functions/rule/aws-api/aws-error';
import type { AwsCall } from '../../../member-functions/rule/aws-api/json-api';
import { sendToHub } from '../../../member-functions/rule/finding-queue';
import { createRuleFunction } from '../../../member-functions/rule/handler';
import { invocationEvent } from './support';

const account = '111122223333';
const allOn = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const everybodyReads = { grantee: 'AllUsers', permission: 'Read' };
const publicPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' }],
});
const changed = {
  changeType: 'UPDATE',
  changedProperties: { 'SupplementaryConfiguration.BucketPolicy': {} },
};

interface Bucket {
  grants?: unknown[];
  policyText?: string | null;
  ownership?: string;
  own?: Record<string, boolean>;
}

function bucketItem({ grants = [], policyText = null, ownership, own }: Bucket): Record<string, unknown> {
  return {
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: '2026-11-01T10:00:00.000Z',
    awsAccountId: account,
    awsRegion: 'eu-west-1',
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'photos',
    resourceName: 'photos',
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({ grantSet: null, grantList: grants }),
      BucketPolicy: { policyText },
      ...(ownership && { OwnershipControls: { rules: [{ objectOwnership: ownership }] } }),
      ...(own && { PublicAccessBlockConfiguration: own }),
    },
  };
}

function settingItem(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: '2026-11-01T11:00:00.000Z',
    awsAccountId: account,
    awsRegion: 'eu-west-1',
    resourceType: 'AWS::S3::AccountPublicAccessBlock',
    resourceId: account,
    configuration: { ignorePublicAcls: false },
    ...overrides,
  };
}

interface Answers {
  /** The account's block, null for none, or why it cannot be read. */
  block?: unknown;
  /** What AWS Config recorded of the block, newest first; or why it cannot be asked. */
  recorded?: unknown[] | Error;
  /** How AWS Config answers the calls that start an evaluation, in order; afterwards it takes them. */
  starts?: Error[];
  remaining?: number;
}

function setUp({ block = null, recorded = [], starts = [], remaining = 300_000 }: Answers = {}) {
  const calls: { operation: string; input: Record<string, unknown> }[] = [];
  const reads: string[] = [];
  const pauses: number[] = [];
  let left = remaining;
  const call: AwsCall = async (operation, input) => {
    calls.push({ operation, input: { ...input } });
    if (operation === 'StartConfigRulesEvaluation') {
      const error = starts.shift();
      if (error) throw error;
    }
    if (operation !== 'GetResourceConfigHistory') return {};
    if (recorded instanceof Error) throw recorded;
    return { configurationItems: recorded };
  };
  const readAccountSetting = async (accountId: string) => {
    reads.push(accountId);
    if (block instanceof Error) throw block;
    return block;
  };
  const handler = createRuleFunction(
    {
      [control.id]: {
        control: () => control as CustomControl,
        parameterSets: '{"accounts":{},"others":[{}]}',
        readAccountSetting: () => readAccountSetting,
      },
    },
    {
      callConfig: call,
      sendFinding: (message) =>
        sendToHub(call, 'https://sqs.eu-west-1.amazonaws.com/999988887777/staunch-remediation', message),
      sendProbe: (message) =>
        sendToHub(call, 'https://sqs.eu-west-1.amazonaws.com/999988887777/staunch-remediation', message),
      async pause(milliseconds) {
        pauses.push(milliseconds);
        left -= milliseconds;
      },
    },
  );
  const inputs = (name: string) =>
    calls.filter(({ operation }) => operation === name).map(({ input }) => input);
  return {
    reads,
    pauses,
    invoke: (
      configurationItem: unknown,
      configurationItemDiff: unknown = changed,
      overrides: Record<string, unknown> = {},
    ) =>
      handler(
        invocationEvent(
          { configurationItem, configurationItemDiff },
          { configRuleName: 'staunch-s3-public-access', ...overrides },
        ),
        { getRemainingTimeInMillis: () => left },
      ),
    verdicts: () =>
      inputs('PutEvaluations')
        .flatMap(({ Evaluations }) => Evaluations as Record<string, unknown>[])
        .map(({ ComplianceType }) => ComplianceType),
    evaluations: () => inputs('PutEvaluations').flatMap(({ Evaluations }) => Evaluations as object[]),
    findings: () => inputs('SendMessage').map(({ MessageBody }) => JSON.parse(String(MessageBody))),
    started: () => inputs('StartConfigRulesEvaluation').map(({ ConfigRuleNames }) => ConfigRuleNames),
    askedHistory: () => inputs('GetResourceConfigHistory').length,
  };
}

const recordedAs = (configuration: object, capturedAt: string, configurationItemStatus = 'OK') => ({
  configuration: JSON.stringify(configuration),
  configurationItemCaptureTime: Date.parse(capturedAt) / 1000,
  configurationItemStatus,
});

beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation(() => {});
});

describe('a bucket that its own item calls public', () => {
  it.each([
    ['its ACL', { grants: [everybodyReads] }],
    ['its policy', { policyText: publicPolicy }],
    ['both', { grants: [everybodyReads], policyText: publicPolicy }],
  ])('is COMPLIANT, without a finding, by %s while the account blocks everything', async (_, bucket) => {
    const rule = setUp({ block: allOn });

    await rule.invoke(bucketItem(bucket));

    expect(rule.reads).toEqual([account]);
    expect(rule.verdicts()).toEqual(['COMPLIANT']);
    expect(rule.findings()).toEqual([]);
  });

  it('is NON_COMPLIANT, with a finding, where the account blocks nothing', async () => {
    const rule = setUp({ block: null });

    await rule.invoke(bucketItem({ policyText: publicPolicy }));

    expect(rule.verdicts()).toEqual(['NON_COMPLIANT']);
    expect(rule.findings()).toHaveLength(1);
  });

  it('is NON_COMPLIANT for the part alone that the account does not block', async () => {
    const rule = setUp({ block: { ...allOn, RestrictPublicBuckets: false } });

    await rule.invoke(bucketItem({ grants: [everybodyReads], policyText: publicPolicy }));

    const [finding] = rule.findings();
    expect(finding.violations).toMatchObject([{ kind: 'public-policy' }]);
  });

  it('is left undecided where the block cannot be read: the hub looks, and Lambda tries again', async () => {
    const rule = setUp({ block: Object.assign(new Error('no'), { name: 'AccessDenied' }) });

    await expect(rule.invoke(bucketItem({ policyText: publicPolicy }))).rejects.toThrow('no');

    expect(rule.evaluations()).toMatchObject([
      {
        ComplianceType: 'NOT_APPLICABLE',
        Annotation: 'AWS::S3::AccountPublicAccessBlock of the account could not be read: AccessDenied.',
      },
    ]);
    expect(rule.findings()).toMatchObject([{ resourceId: 'photos', violations: [], steps: [] }]);
  });

  it.each([
    ['a list', ['on']],
    ['an odd value', { IgnorePublicAcls: 'perhaps' }],
  ])('is left undecided where the block is %s', async (_, block) => {
    const rule = setUp({ block });

    await rule.invoke(bucketItem({ policyText: publicPolicy }));

    expect(rule.verdicts()).toEqual(['NOT_APPLICABLE']);
    expect(rule.findings()).toHaveLength(1);
  });
});

it('reads nothing for a bucket that complies by itself', async () => {
  const rule = setUp({ block: new Error('must not be read') });

  await rule.invoke(bucketItem({}));

  expect(rule.verdicts()).toEqual(['COMPLIANT']);
  expect(rule.reads).toEqual([]);
  expect(rule.askedHistory()).toBe(0);
});

it('lets the block decide about a bucket whose item does not hold enough', async () => {
  const rule = setUp({ block: allOn });
  const item = { ...bucketItem({}), supplementaryConfiguration: {} };

  await rule.invoke(item);

  expect(rule.verdicts()).toEqual(['COMPLIANT']);
});

it('reads nothing for a deleted bucket', async () => {
  const rule = setUp({ block: new Error('must not be read') });

  await rule.invoke({ ...bucketItem({}), configurationItemStatus: 'ResourceDeleted' });

  expect(rule.verdicts()).toEqual(['NOT_APPLICABLE']);
});

describe('a bucket that is judged again, and complies as it was recorded', () => {
  const before = '2026-11-01T09:00:00.000Z';
  const since = '2026-11-01T11:00:00.000Z';
  const again = null;

  it('is COMPLIANT where the account ignored no public ACLs when it was recorded', async () => {
    const rule = setUp({
      recorded: [
        recordedAs({ ignorePublicAcls: true }, since),
        recordedAs({ ignorePublicAcls: false }, before),
      ],
    });

    await rule.invoke(bucketItem({}), again);

    expect(rule.verdicts()).toEqual(['COMPLIANT']);
    expect(rule.reads).toEqual([]);
  });

  it.each([
    [
      'as AWS Config recorded before it',
      [recordedAs({ ignorePublicAcls: false }, since), recordedAs({ ignorePublicAcls: true }, before)],
    ],
    [
      'as AWS Config discovered a little later',
      [recordedAs({ ignorePublicAcls: true }, since, 'ResourceDiscovered')],
    ],
    [
      'as may be, since the block changed and nothing older is told',
      [recordedAs({ ignorePublicAcls: false }, since)],
    ],
  ])('is looked at where its ACL was hidden then and is not now, %s', async (_, recorded) => {
    const rule = setUp({ recorded });

    await rule.invoke(bucketItem({}), again);

    expect(rule.evaluations()).toMatchObject([
      {
        ComplianceType: 'NOT_APPLICABLE',
        Annotation:
          'Whether the bucket is public cannot be told: AWS Config recorded its ACL while the account ignored public ACLs.',
      },
    ]);
    expect(rule.findings()).toHaveLength(1);
  });

  it('is COMPLIANT where public ACLs are ignored as before', async () => {
    const rule = setUp({ block: allOn, recorded: [recordedAs({ ignorePublicAcls: true }, before)] });

    await rule.invoke(bucketItem({}), again);

    expect(rule.verdicts()).toEqual(['COMPLIANT']);
    expect(rule.findings()).toEqual([]);
  });

  it('is COMPLIANT, and looked at, where public ACLs are ignored again: the hub closes what it found meanwhile', async () => {
    const rule = setUp({
      block: allOn,
      recorded: [
        recordedAs({ ignorePublicAcls: true }, '2026-11-01T12:00:00.000Z'),
        recordedAs({ ignorePublicAcls: false }, since),
        recordedAs({ ignorePublicAcls: true }, before),
      ],
    });

    await rule.invoke(bucketItem({}), again);

    expect(rule.verdicts()).toEqual(['COMPLIANT']);
    expect(rule.findings()).toHaveLength(1);
  });

  it('is looked at where the block restricts its public policy, and no longer hides its ACL', async () => {
    const rule = setUp({
      block: { RestrictPublicBuckets: true },
      recorded: [
        recordedAs({ ignorePublicAcls: false }, since),
        recordedAs({ ignorePublicAcls: true }, before),
      ],
    });

    await rule.invoke(bucketItem({ policyText: publicPolicy }), again);

    expect(rule.verdicts()).toEqual(['NOT_APPLICABLE']);
    expect(rule.reads).toEqual([account]);
  });

  it('is looked at where AWS Config does not tell what it recorded', async () => {
    const rule = setUp({ recorded: new Error('throttled') });

    await expect(rule.invoke(bucketItem({}), again)).rejects.toThrow('throttled');

    expect(rule.verdicts()).toEqual(['NOT_APPLICABLE']);
    expect(rule.findings()).toHaveLength(1);
  });

  it.each([
    ['the bucket owner owns every object', { ownership: 'BucketOwnerEnforced' }],
    ['the bucket ignores public ACLs itself', { own: { ignorePublicAcls: true } }],
  ])('asks nothing where no ACL counts: %s', async (_, bucket) => {
    const rule = setUp({ recorded: new Error('must not be asked') });

    await rule.invoke(bucketItem(bucket), again);

    expect(rule.verdicts()).toEqual(['COMPLIANT']);
    expect(rule.askedHistory()).toBe(0);
  });
});

describe("a change of the account's block", () => {
  const refusal = (name: string, message: string) =>
    new AwsError({ status: 400, headers: {}, body: JSON.stringify({ __type: name, message }) });
  const busy = () => refusal('LimitExceededException', 'in progress');

  it.each([
    ['changed', settingItem(), { changeType: 'UPDATE', changedProperties: {} }],
    [
      'new',
      settingItem({ configurationItemStatus: 'ResourceDiscovered' }),
      { changeType: 'CREATE', changedProperties: {} },
    ],
    [
      'deleted',
      settingItem({ configurationItemStatus: 'ResourceDeleted', configuration: null }),
      { changeType: 'DELETE', changedProperties: {} },
    ],
  ])('has everything judged again when it is %s, and is NOT_APPLICABLE itself', async (_, item, diff) => {
    const rule = setUp();

    await rule.invoke(item, diff, { configRuleName: 'staunch-s3-public-access' });

    expect(rule.started()).toEqual([['staunch-s3-public-access']]);
    expect(rule.evaluations()).toMatchObject([
      {
        ComplianceResourceType: 'AWS::S3::AccountPublicAccessBlock',
        ComplianceResourceId: account,
        ComplianceType: 'NOT_APPLICABLE',
      },
    ]);
    expect(rule.findings()).toEqual([]);
    expect(rule.reads).toEqual([]);
  });

  it('starts no rule that the function does not have', async () => {
    const rule = setUp();

    await expect(rule.invoke(settingItem(), changed, { configRuleName: 'staunch-another' })).rejects.toThrow(
      'nothing was evaluated',
    );

    expect(rule.started()).toEqual([]);
  });

  it.each([[null], [undefined]])(
    'starts nothing when the block is only judged again with everything else (diff: %s)',
    async (diff) => {
      const rule = setUp();

      await rule.invoke(settingItem(), diff ?? null);

      expect(rule.started()).toEqual([]);
      expect(rule.verdicts()).toEqual(['NOT_APPLICABLE']);
    },
  );

  it('starts nothing twice for one item, and again for the next', async () => {
    const rule = setUp();

    await rule.invoke(settingItem());
    await rule.invoke(settingItem());
    await rule.invoke(settingItem({ configurationItemCaptureTime: '2026-11-01T11:05:00.000Z' }));

    expect(rule.started()).toHaveLength(2);
  });

  it('starts nothing in test mode', async () => {
    const rule = setUp();

    await rule.invoke(settingItem(), changed, { resultToken: 'TESTMODE' });

    expect(rule.started()).toEqual([]);
  });

  it('waits, ever longer, until AWS Config takes the call', async () => {
    const rule = setUp({
      starts: [busy(), busy(), refusal('ResourceInUseException', 'in use'), busy(), busy(), busy()],
    });

    await rule.invoke(settingItem());

    expect(rule.started()).toHaveLength(7);
    expect(rule.pauses).toEqual([2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  it('fails when its time is over, so that Lambda tries again, and the next try starts it', async () => {
    const rule = setUp({ starts: [busy(), busy(), busy()], remaining: 17_000 });

    await expect(rule.invoke(settingItem())).rejects.toThrow('in progress');
    expect(rule.pauses).toEqual([2_000, 4_000]);
    expect(rule.verdicts()).toEqual(['NOT_APPLICABLE']);

    await rule.invoke(settingItem());
    expect(rule.started()).toHaveLength(4);
  });

  it('fails at once for what waiting does not mend', async () => {
    const rule = setUp({ starts: [refusal('AccessDeniedException', 'denied')] });

    await expect(rule.invoke(settingItem())).rejects.toThrow('denied');
    expect(rule.pauses).toEqual([]);
  });
});

describe('readAccountSetting', () => {
  const s3Control = (answer: () => unknown) => ({ send: async () => answer() }) as never;

  it('answers the settings', async () => {
    const read = readAccountSetting(
      account,
      s3Control(() => ({ PublicAccessBlockConfiguration: allOn })),
    );
    expect(await read).toEqual(allOn);
  });

  it('answers null where the account has none', async () => {
    const none = new NoSuchPublicAccessBlockConfiguration({ message: 'none', $metadata: {} });
    const read = readAccountSetting(
      account,
      s3Control(() => {
        throw none;
      }),
    );
    expect(await read).toBeNull();
  });

  it('fails where S3 answers neither', async () => {
    await expect(
      readAccountSetting(
        account,
        s3Control(() => ({})),
      ),
    ).rejects.toThrow('no public access block');
  });
});
