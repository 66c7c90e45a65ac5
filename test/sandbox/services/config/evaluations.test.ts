import {
  ConfigServiceClient,
  DescribeComplianceByConfigRuleCommand,
  type Evaluation,
  GetComplianceDetailsByConfigRuleCommand,
  PutEvaluationsCommand,
  StartConfigRulesEvaluationCommand,
} from '@aws-sdk/client-config-service';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { AccessDeniedError } from '../../../../sandbox/gateway/api';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  stopMotoOfThisFile,
} from './support/fixture';

const type = 'AWS::S3::Bucket';
const failure = { functionError: 'Unhandled' as const, payload: '{"errorMessage":"no"}' };

let aws: Fixture;
let config: ConfigServiceClient;
/** How far AWS Config's clock is ahead; milliseconds. */
let ahead = 0;

beforeEach(async () => {
  ahead = 0;
  aws = await createFixture(() => Date.now() + ahead);
  config = new ConfigServiceClient(administrator(aws.gateway));
  await aws.startRecording(type);
  await aws.config.putRule(customRule(type));
  const s3 = new S3Client({ ...administrator(aws.gateway), forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'photos',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  await aws.settled();
});
afterEach(() => aws.stop());
afterAll(stopMotoOfThisFile);

const ten = new Date('2026-01-01T10:00:00.123Z');
const eleven = new Date('2026-01-01T11:00:00Z');

function verdict(
  ComplianceType: Evaluation['ComplianceType'],
  OrderingTimestamp = ten,
  more = {},
): Evaluation {
  return {
    ComplianceResourceType: type,
    ComplianceResourceId: 'photos',
    ComplianceType,
    OrderingTimestamp,
    ...more,
  };
}

async function put(evaluations: Evaluation[], token = aws.invocations[0]?.resultToken, client = config) {
  const answer = await client.send(
    new PutEvaluationsCommand({ ResultToken: token, Evaluations: evaluations }),
  );
  await aws.settled();
  return answer;
}

it('keeps an evaluation, and tells the bus of the first one without an old result', async () => {
  expect(await put([verdict('NON_COMPLIANT', ten, { Annotation: 'open' })])).toMatchObject({
    FailedEvaluations: [],
  });

  expect(aws.of('evaluated')).toMatchObject([
    { resourceId: 'photos', rule: 'staunch-judge', compliance: 'NON_COMPLIANT', annotation: 'open' },
  ]);
  expect(aws.busEvents).toHaveLength(1);
  const [event] = aws.busEvents;
  expect(event).toMatchObject({
    place: home,
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    detail: {
      resourceId: 'photos',
      resourceType: type,
      awsRegion: home.region,
      awsAccountId: home.accountId,
      configRuleName: 'staunch-judge',
      configRuleARN: customRule().arn,
      recordVersion: '1.0',
      messageType: 'ComplianceChangeNotification',
      newEvaluationResult: {
        evaluationResultIdentifier: {
          evaluationResultQualifier: {
            configRuleName: 'staunch-judge',
            resourceType: type,
            resourceId: 'photos',
            evaluationMode: 'DETECTIVE',
          },
          orderingTimestamp: ten.toISOString(),
        },
        complianceType: 'NON_COMPLIANT',
        annotation: 'open',
      },
    },
  });
  expect(event?.detail).not.toHaveProperty('oldEvaluationResult');
});

it('tells the bus of a change with the old result, and of a repetition not at all', async () => {
  await put([verdict('NON_COMPLIANT')]);
  await put([verdict('NON_COMPLIANT', eleven)]);
  await put([verdict('COMPLIANT', eleven)]);
  expect(aws.busEvents.map(({ detail }) => detail.oldEvaluationResult)).toMatchObject([
    undefined,
    { complianceType: 'NON_COMPLIANT' },
  ]);
  expect(aws.of('compliance-change')).toMatchObject([
    { to: 'NON_COMPLIANT' },
    { from: 'NON_COMPLIANT', to: 'COMPLIANT' },
  ]);
});

it('does not let an older evaluation overwrite a newer one', async () => {
  await put([verdict('COMPLIANT', eleven)]);
  await put([verdict('NON_COMPLIANT', ten)]);
  const { EvaluationResults } = await config.send(
    new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName: 'staunch-judge' }),
  );
  expect(EvaluationResults).toMatchObject([{ ComplianceType: 'COMPLIANT' }]);
  expect(EvaluationResults?.[0]?.EvaluationResultIdentifier?.OrderingTimestamp).toEqual(eleven);
  expect(aws.busEvents).toHaveLength(1);
});

it('makes no event of a resource that a rule never applied to', async () => {
  await put([verdict('NOT_APPLICABLE')]);
  expect(aws.busEvents).toEqual([]);
  expect(aws.of('evaluated')).toMatchObject([{ compliance: 'NOT_APPLICABLE' }]);
});

it.each([
  ['a token that nobody got', 'InvalidResultTokenException', [verdict('COMPLIANT')], 'made-up'],
  [
    '101 evaluations',
    'ValidationException',
    Array.from({ length: 101 }, () => verdict('COMPLIANT')),
    undefined,
  ],
  [
    'an annotation of 257 characters',
    'ValidationException',
    [verdict('COMPLIANT', ten, { Annotation: 'a'.repeat(257) })],
    undefined,
  ],
  ['an empty annotation', 'ValidationException', [verdict('COMPLIANT', ten, { Annotation: '' })], undefined],
  ['INSUFFICIENT_DATA', 'ValidationException', [verdict('INSUFFICIENT_DATA')], undefined],
])('refuses %s', async (_what, name, evaluations, token) => {
  await expect(put(evaluations, token)).rejects.toMatchObject({ name });
  expect(aws.of('evaluated')).toEqual([]);
});

it("refuses another account's token", async () => {
  const stranger = new ConfigServiceClient(administrator(aws.gateway, '222222222222'));
  await expect(put([verdict('COMPLIANT')], undefined, stranger)).rejects.toMatchObject({
    name: 'InvalidResultTokenException',
  });
});

it('keeps nothing in test mode', async () => {
  await config.send(
    new PutEvaluationsCommand({
      ResultToken: 'TESTMODE',
      TestMode: true,
      Evaluations: [verdict('COMPLIANT')],
    }),
  );
  expect(aws.of('evaluated')).toEqual([]);
});

it('sums up compliance by rule', async () => {
  await put([verdict('NON_COMPLIANT')]);
  const { ComplianceByConfigRules } = await config.send(new DescribeComplianceByConfigRuleCommand({}));
  expect(ComplianceByConfigRules).toEqual([
    {
      ConfigRuleName: 'staunch-judge',
      Compliance: {
        ComplianceType: 'NON_COMPLIANT',
        ComplianceContributorCount: { CappedCount: 1, CapExceeded: false },
      },
    },
  ]);
});

it('evaluates again when asked', async () => {
  await config.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: ['staunch-judge'] }));
  await aws.settled();
  expect(aws.invocations).toHaveLength(2);
});

describe('an evaluation that somebody starts', () => {
  const start = () =>
    config.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: ['staunch-judge'] }));
  const refused = { name: 'LimitExceededException' };

  it('hands over what was recorded, without a change', async () => {
    await start();
    await aws.settled();
    const { configurationItem, configurationItemDiff } = JSON.parse(
      aws.invocations.at(-1)?.invokingEvent ?? '',
    );
    expect(configurationItem).toMatchObject({ resourceId: 'photos' });
    expect(configurationItemDiff).toBeNull();
  });

  it('is refused within a minute of the last, which is a second here, and taken after it', async () => {
    await start();
    await aws.settled();
    await expect(start()).rejects.toMatchObject(refused);
    ahead += 1_000;
    await start();
    await aws.settled();
    expect(aws.invocations).toHaveLength(3);
  });

  it('is refused while another is under way', async () => {
    let answer = (_result: { payload: string }) => {};
    aws.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    await start();
    ahead += 60_000;
    await expect(start()).rejects.toMatchObject(refused);
    answer({ payload: 'null' });
    await aws.settled();
    aws.answer = () => ({ payload: 'null' });
    await start();
    await aws.settled();
  });
});

it('tries a failed function twice again with the same event, and no more', async () => {
  aws.answer = () => failure;
  await config.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: ['staunch-judge'] }));
  await aws.settled();
  const [, ...tries] = aws.invocations;
  expect(tries).toHaveLength(3);
  expect(new Set(tries.map(({ resultToken }) => resultToken)).size).toBe(1);
});

it('does not try again where the function does not let AWS Config in', async () => {
  aws.answer = () => {
    throw new AccessDeniedError('no permission');
  };
  await config.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: ['staunch-judge'] }));
  await aws.settled();
  expect(aws.invocations).toHaveLength(2);
});

it('takes an evaluation of a deleted resource, and tells that the danger is over', async () => {
  await put([verdict('NON_COMPLIANT')]);
  const s3 = new S3Client({ ...administrator(aws.gateway), forcePathStyle: true });
  await s3.send(new DeleteBucketCommand({ Bucket: 'photos' }));
  await aws.settled();
  await put([verdict('NOT_APPLICABLE', eleven)], aws.invocations.at(-1)?.resultToken);
  expect(aws.busEvents.at(-1)?.detail).toMatchObject({
    newEvaluationResult: { complianceType: 'NOT_APPLICABLE' },
    oldEvaluationResult: { complianceType: 'NON_COMPLIANT' },
  });
});
