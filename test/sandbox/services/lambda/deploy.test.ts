import { UnsupportedError } from '../../../../sandbox/failures';
import {
  eventInvokeConfig,
  eventSourceMapping,
  lambdaFunction,
  permission,
} from '../../../../sandbox/services/lambda/deploy';
import { handlerContext } from '../../cloudformation/fakes';

const properties = {
  Code: { ZipFile: 'exports.handler = 1' },
  FunctionName: 'rule',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::222222222222:role/staunch/rule',
  Runtime: 'nodejs24.x',
};
const arn = 'arn:aws:lambda:eu-west-1:222222222222:function:rule';

describe('AWS::Lambda::Function', () => {
  it("registers inline code with AWS's defaults", async () => {
    const { calls, context } = handlerContext();
    const created = await lambdaFunction.create(properties, context);
    expect(created).toMatchObject({ ref: 'rule', attributes: { Arn: arn } });
    expect(calls).toEqual([
      {
        name: 'lambda.createFunction',
        arguments: [
          {
            accountId: '222222222222',
            region: 'eu-west-1',
            functionName: 'rule',
            arn,
            roleArn: properties.Role,
            handler: 'index.handler',
            runtime: 'nodejs24.x',
            code: { inline: 'exports.handler = 1' },
            environment: {},
            timeoutSeconds: 3,
            memoryMegabytes: 128,
          },
        ],
      },
    ]);
  });

  it('finds the asset folder, and passes on exactly the environment, time and memory of the template', async () => {
    const { calls, context } = handlerContext();
    await lambdaFunction.create(
      {
        ...properties,
        Code: { S3Bucket: 'bucket', S3Key: 'key.zip' },
        Environment: { Variables: { A: 'x', N: 1 } },
        MemorySize: '512',
        ReservedConcurrentExecutions: 2,
        Timeout: 60,
      },
      context,
    );
    expect(calls[0]?.arguments[0]).toMatchObject({
      code: { directory: '/assembly/bucket/key.zip' },
      environment: { A: 'x', N: '1' },
      memoryMegabytes: 512,
      reservedConcurrency: 2,
      timeoutSeconds: 60,
    });
  });

  it.each(['Layers', 'VpcConfig', 'DeadLetterConfig', 'FileSystemConfigs'])(
    'refuses %s rather than dropping it',
    (name) => {
      const { context } = handlerContext();
      const create = () => lambdaFunction.create({ ...properties, [name]: [] }, context);
      expect(create).toThrow(UnsupportedError);
      expect(create).toThrow(name);
    },
  );
});

describe('AWS::Lambda::Permission', () => {
  it('takes a name as well as an ARN, and keeps the source', async () => {
    const { calls, context } = handlerContext();
    const statement = {
      Action: 'lambda:InvokeFunction',
      Principal: 'config.amazonaws.com',
      SourceAccount: '222222222222',
    };
    await permission.create({ ...statement, FunctionName: 'rule' }, context);
    await permission.create({ ...statement, FunctionName: arn }, context);
    const expected = {
      functionArn: arn,
      action: 'lambda:InvokeFunction',
      principal: 'config.amazonaws.com',
      sourceAccount: '222222222222',
    };
    expect(calls.map((call) => call.arguments)).toEqual([[expected], [expected]]);
  });
});

describe('AWS::Lambda::EventSourceMapping', () => {
  const mapping = {
    EventSourceArn: 'arn:aws:sqs:eu-west-1:222222222222:queue',
    FunctionName: 'rule',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BatchSize: 5,
    ScalingConfig: { MaximumConcurrency: 2 },
  };

  it('passes on batch size, concurrency and partial failures', async () => {
    const { calls, context } = handlerContext();
    await eventSourceMapping.create(mapping, context);
    expect(calls[0]?.arguments[0]).toMatchObject({
      functionArn: arn,
      queueArn: mapping.EventSourceArn,
      enabled: true,
      batchSize: 5,
      maximumBatchingWindowSeconds: 0,
      maximumConcurrency: 2,
      reportBatchItemFailures: true,
    });
  });

  it('refuses filter criteria, which the sandbox would not apply', () => {
    const { context } = handlerContext();
    expect(() => eventSourceMapping.create({ ...mapping, FilterCriteria: {} }, context)).toThrow(
      UnsupportedError,
    );
  });
});

describe('AWS::Lambda::EventInvokeConfig', () => {
  it('passes on how often an asynchronous invocation is repeated', async () => {
    const { calls, context } = handlerContext();
    const given = { FunctionName: 'rule', Qualifier: '$LATEST', MaximumRetryAttempts: 0 };
    await eventInvokeConfig.create(given, context);
    expect(calls).toEqual([
      { name: 'lambda.putEventInvokeConfig', arguments: [arn, { maximumRetryAttempts: 0 }] },
    ]);
  });

  it('refuses destinations, which the sandbox would not write to', () => {
    const { context } = handlerContext();
    const given = { FunctionName: 'rule', Qualifier: '$LATEST', DestinationConfig: {} };
    expect(() => eventInvokeConfig.create(given, context)).toThrow(UnsupportedError);
  });
});
