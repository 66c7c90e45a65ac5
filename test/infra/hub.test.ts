import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledPolicy } from '../../config/compiled';
import { customControls } from '../../controls/registry';
import { invocationMilliseconds } from '../../hub-functions/patrol/dispatcher/invoke-walker';
import type { Assembly, Template, TemplateResource } from '../../infra/assembly';
import { resourceTypes } from '../../resources/resource-types';
import {
  assemble,
  flat,
  hubAccount,
  onlyOf,
  organizationId,
  propertiesOf,
  resourcesOf,
  roleNamesIn,
  roleStatements,
  stackTemplate,
  statementsOf,
} from './support/assemble';

const remediationRoles = Object.values(resourceTypes).map(({ slug }) => `staunch-remediate-${slug}`);

describe('the hub', () => {
  let assembly: Assembly;
  let hub: Template;

  beforeAll(async () => {
    assembly = await assemble();
    hub = stackTemplate(assembly, 'staunch-hub');
  }, 60_000);

  const only = (type: string) => onlyOf(hub, type);

  /** The policy statements of what this resource type attaches to the resource with this logical id's prefix. */
  function resourcePolicy(type: string, logicalId: RegExp) {
    const found = resourcesOf(hub, type).filter(([id]) => logicalId.test(id));
    return found.flatMap(([, { Properties }]) => statementsOf(Properties?.PolicyDocument));
  }

  it('has no parameter, no custom resource, and only things that it names itself', () => {
    expect(Object.keys(hub).sort()).toEqual(['Description', 'Outputs', 'Resources']);
    const types = Object.values(hub.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('Custom::') || type.startsWith('AWS::CDK::'))).toEqual([]);
    // The role that stays when the stack goes has no name: it would be in the way of the next deployment.
    const stays = ({ DeletionPolicy }: TemplateResource) => DeletionPolicy === 'Retain';
    for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::SQS::Queue', 'AWS::SNS::Topic']) {
      const nameKey = { 'AWS::Lambda::Function': 'FunctionName', 'AWS::IAM::Role': 'RoleName' }[type];
      const names = resourcesOf(hub, type)
        .filter(([, resource]) => !stays(resource))
        .map(([, { Properties }]) => Properties?.[nameKey ?? `${type.split('::')[2]}Name`]);
      expect(names.every((name) => typeof name === 'string' && name.startsWith('staunch-'))).toBe(true);
    }
  });

  describe('its remediation queue', () => {
    it('takes messages only from the rule role of accounts in the organization, and from two rules of the bus', () => {
      const allowed = resourcePolicy('AWS::SQS::QueuePolicy', /^RemediationQueuePolicy/).filter(
        ({ effect }) => effect === 'Allow',
      );
      expect(allowed).toEqual([
        expect.objectContaining({
          actions: ['sqs:SendMessage'],
          principal: { AWS: '*' },
          conditions: {
            StringEquals: { 'aws:PrincipalOrgID': organizationId },
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/staunch/staunch-rule' },
          },
        }),
        expect.objectContaining({
          actions: ['sqs:SendMessage'],
          principal: { Service: 'events.amazonaws.com' },
          conditions: {
            ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^BusMended/), 'Arn'] } },
          },
        }),
        expect.objectContaining({
          actions: ['sqs:SendMessage'],
          principal: { Service: 'events.amazonaws.com' },
          conditions: {
            ArnEquals: {
              'aws:SourceArn': ['BusTrail', 'BusTrailProbes'].map((id) => ({
                'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${id}`)), 'Arn'],
              })),
            },
          },
        }),
      ]);
    });

    it('hears of what complies again under the controls that Staunch fixes, and of no other rule', () => {
      const { EventPattern } = propertiesOf(hub, 'AWS::Events::Rule', 'Name', 'staunch-mended');
      expect(EventPattern).toMatchObject({
        detail: {
          configRuleName: customControls.map(({ id }) => `staunch-${id}`),
          newEvaluationResult: { complianceType: ['COMPLIANT', 'NOT_APPLICABLE'] },
          oldEvaluationResult: { complianceType: ['NON_COMPLIANT', 'NOT_APPLICABLE'] },
        },
      });
    });

    it("hears of the calls of the doctor's probes, and of no other call about rules", () => {
      const { EventPattern } = propertiesOf(hub, 'AWS::Events::Rule', 'Name', 'staunch-trail-probes');
      expect(EventPattern).toEqual({
        source: ['aws.events'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['events.amazonaws.com'],
          eventName: ['EnableRule'],
          errorCode: [{ exists: false }],
          requestParameters: { name: ['staunch-forward-trail-probe'] },
        },
      });
    });

    it('hears of calls that can open a resource and did not fail, and of no others', () => {
      const { EventPattern, Targets } = propertiesOf(hub, 'AWS::Events::Rule', 'Name', 'staunch-trail');
      const trails = Object.values(resourceTypes).map(({ trail }) => trail);
      const services = ['ec2', 's3', 'sqs', 'rds', 'ssm', 'sns', 'ecr', 'secretsmanager', 'kms'];
      expect(EventPattern).toEqual({
        source: services.map((service) => `aws.${service}`),
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: services.map((service) => `${service}.amazonaws.com`),
          eventName: expect.arrayContaining(trails.flatMap(({ opening }) => opening)),
          errorCode: [{ exists: false }],
        },
      });
      expect(JSON.stringify(EventPattern).length).toBeLessThanOrEqual(2_048);
      const [target, ...more] = Targets as { Arn: unknown }[];
      expect(flat(target?.Arn)).toContain('RemediationQueue');
      expect(more).toEqual([]);
    });

    it('hides a message six times as long as the coordinator may take, and gives up after five receipts', () => {
      const queue = propertiesOf(hub, 'AWS::SQS::Queue', 'QueueName', 'staunch-remediation');
      const coordinator = propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', 'staunch-coordinator');
      expect(queue.VisibilityTimeout).toBe(6 * Number(coordinator.Timeout));
      expect(queue.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
    });

    it('wakes the coordinator, which reports each failed message by itself', () => {
      const [mapping] = resourcesOf(hub, 'AWS::Lambda::EventSourceMapping').filter(([, { Properties }]) =>
        flat(Properties?.EventSourceArn).includes('RemediationQueue'),
      );
      expect(mapping?.[1].Properties).toMatchObject({
        BatchSize: 5,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        // Of the example's policy, fifty messages at once.
        ScalingConfig: { MaximumConcurrency: 10 },
      });
      expect(mapping?.[1].Properties).not.toHaveProperty('Enabled');
    });
  });

  it('lets the coordinator work for three minutes, longer than a remediation function, which has one', () => {
    const timeout = (name: string) =>
      Number(propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', name).Timeout);
    expect(['coordinator', 'remediate-bucket'].map((name) => timeout(`staunch-${name}`))).toEqual([180, 60]);
    for (const role of remediationRoles) {
      expect(timeout('staunch-coordinator')).toBeGreaterThan(2 * timeout(role));
    }
  });

  describe('its schedule', () => {
    const sweep = (template: Template) =>
      propertiesOf(template, 'AWS::Events::Rule', 'Name', 'staunch-sweep');

    it('runs also while every flag is off: what is to be told then has to be told', () => {
      expect(sweep(hub)).toMatchObject({ State: 'ENABLED', ScheduleExpression: 'rate(1 minute)' });
    });

    it('starts one sweep, which is not repeated when it fails', () => {
      const targets = sweep(hub).Targets as { Input: string; RetryPolicy: unknown }[];
      expect(targets).toHaveLength(1);
      expect(JSON.parse(targets[0]?.Input ?? '')).toEqual({ sweep: true });
      expect(targets[0]?.RetryPolicy).toMatchObject({ MaximumRetryAttempts: 0 });
      const configurations = resourcesOf(hub, 'AWS::Lambda::EventInvokeConfig');
      expect(configurations.map(([, { Properties }]) => Properties?.MaximumRetryAttempts)).toEqual([
        0, 0, 0, 0, 0, 0,
      ]);
    });
  });

  it('gives the coordinator the compiled policy beside its code', () => {
    const { Code } = propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', 'staunch-coordinator');
    const { S3Key } = Code as { S3Key: string };
    const asset = assembly.stacks[0]?.assets.find(({ objectKey }) => objectKey === S3Key);
    const policy = JSON.parse(readFileSync(join(asset?.path ?? '', 'policy.json'), 'utf8')) as CompiledPolicy;
    expect(policy.organization.id).toBe(organizationId);
    expect(policy.organizationalUnits['ou-abcd-11111111']).toMatchObject({ flag: 'off' });
  });

  describe('the patrol', () => {
    it('hides a message six times as long as its dispatcher may take, who outlives its walker', () => {
      const queue = propertiesOf(hub, 'AWS::SQS::Queue', 'QueueName', 'staunch-patrol');
      const timeoutOf = (name: string) =>
        Number(propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', name).Timeout);
      expect(queue.VisibilityTimeout).toBe(6 * timeoutOf('staunch-patrol-dispatcher'));
      expect(timeoutOf('staunch-patrol-walker') * 1_000).toBeLessThan(invocationMilliseconds);
      expect(invocationMilliseconds).toBeLessThan(timeoutOf('staunch-patrol-dispatcher') * 1_000);
    });

    it('takes one message at a time, of a bounded number, and comes every five minutes', () => {
      const [mapping] = resourcesOf(hub, 'AWS::Lambda::EventSourceMapping').filter(([, { Properties }]) =>
        flat(Properties?.EventSourceArn).includes('PatrolQueue'),
      );
      expect(mapping?.[1].Properties).toMatchObject({
        BatchSize: 1,
        ScalingConfig: { MaximumConcurrency: 25 },
      });
      const { ScheduleExpression } = propertiesOf(hub, 'AWS::Events::Rule', 'Name', 'staunch-patrol');
      expect(ScheduleExpression).toBe('rate(5 minutes)');
    });

    it('leaves its walker with nothing but its logs and the remediation queue', () => {
      const statements = roleStatements(hub, 'staunch-patrol-walker');
      expect(statements.flatMap(({ actions }) => actions)).toEqual([
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'sqs:SendMessage',
      ]);
      expect(statements.at(-1)?.resources.join()).toContain('RemediationQueue');
    });
  });

  it("has only the coordinator, the patrol's dispatcher and the doctor assume roles, each its own in members", () => {
    const assuming = roleNamesIn(hub)
      .flatMap((role) => roleStatements(hub, role).map((statement) => ({ role, ...statement })))
      .filter(({ actions }) => actions.some((action) => action.startsWith('sts:')));
    expect(assuming).toEqual([
      expect.objectContaining({
        role: 'staunch-coordinator',
        actions: ['sts:AssumeRole'],
        resources: [
          'arn:aws:iam::*:role/staunch/staunch-read',
          'arn:aws:iam::*:role/staunch/staunch-remediation',
        ],
      }),
      expect.objectContaining({
        role: 'staunch-patrol-dispatcher',
        actions: ['sts:AssumeRole'],
        resources: ['arn:aws:iam::*:role/staunch/staunch-patrol'],
      }),
      expect.objectContaining({
        role: 'staunch-doctor',
        actions: ['sts:AssumeRole'],
        resources: [
          'arn:aws:iam::*:role/staunch/staunch-patrol',
          'arn:aws:iam::*:role/staunch/staunch-probe',
        ],
      }),
      expect.objectContaining({
        role: 'staunch-daily-doctor',
        actions: ['sts:AssumeRole'],
        resources: [expect.stringContaining('Doctor')],
      }),
    ]);
  });

  it("lets principals of the hub's own account alone be the doctor", () => {
    const { AssumeRolePolicyDocument } = propertiesOf(hub, 'AWS::IAM::Role', 'RoleName', 'staunch-doctor');
    expect(JSON.stringify(AssumeRolePolicyDocument)).toContain(':iam::222222222222:root');
  });

  it('leaves remediation functions with nothing but their logs and the stop switch', () => {
    for (const role of remediationRoles) {
      expect(roleStatements(hub, role).flatMap(({ actions }) => actions)).toEqual([
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'dynamodb:Query',
      ]);
      expect(roleStatements(hub, role).find(({ sid }) => sid === 'ReadStopSwitch')?.conditions).toEqual({
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['stop-switch'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      });
    }
  });

  describe('its bus', () => {
    const statements = () =>
      resourcesOf(hub, 'AWS::Events::EventBusPolicy').map(
        ([, { Properties }]) => ({ ...Properties }).Statement as { Condition: Record<string, object> },
      );

    it("takes only AWS Config's compliance changes, and recorded calls of what controls look at, from members", () => {
      const fromMembers = (source: string | string[], detailType: string) => ({
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': organizationId },
          'ForAllValues:StringEquals': { 'events:source': source, 'events:detail-type': detailType },
        },
      });
      expect(statements()).toEqual([
        expect.objectContaining(fromMembers('aws.config', 'Config Rules Compliance Change')),
        expect.objectContaining(
          fromMembers(
            [
              'aws.ec2',
              'aws.ecr',
              'aws.events',
              'aws.kms',
              'aws.rds',
              'aws.s3',
              'aws.secretsmanager',
              'aws.sns',
              'aws.sqs',
              'aws.ssm',
            ],
            'AWS API Call via CloudTrail',
          ),
        ),
      ]);
    });

    it("can be the target of a member's rule, when no event is there whose keys could be asked for", () => {
      for (const { Condition } of statements()) {
        const needsValue = Object.entries(Condition)
          .filter(([operator]) => !operator.startsWith('ForAllValues:'))
          .flatMap(([, keys]) => Object.keys(keys));
        expect(needsValue).toEqual(['aws:PrincipalOrgID']);
      }
    });
  });

  it('believes reports and notices only from its own account', () => {
    const { EventPattern } = propertiesOf(hub, 'AWS::Events::Rule', 'Name', 'staunch-reports');
    expect(EventPattern).toEqual({
      source: ['staunch'],
      'detail-type': ['Staunch Remediation Report', 'Staunch Notice'],
      account: [hubAccount],
    });
  });

  it('lets the coordinator keep the ledger, and read the organization', () => {
    const statements = roleStatements(hub, 'staunch-coordinator');
    expect(statements.find(({ sid }) => sid === 'KeepLedger')?.actions).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ]);
    const asked = statements.flatMap(({ actions }) => actions).filter((action) => action.startsWith('organ'));
    expect(asked).toEqual([
      'organizations:ListParents',
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:ListAccountsForParent',
      'organizations:ListRoots',
    ]);
  });

  /** The topic of that name: its logical id, and what may use its key. */
  function topicNamed(name: string) {
    const [topic] = resourcesOf(hub, 'AWS::SNS::Topic').filter(
      ([, { Properties }]) => Properties?.TopicName === name,
    );
    const [id = '', { Properties } = {}] = topic ?? [];
    const [key] = resourcesOf(hub, 'AWS::KMS::Key').filter(([keyId]) =>
      flat(Properties?.KmsMasterKeyId).includes(keyId),
    );
    expect(key?.[1].Properties).toMatchObject({ EnableKeyRotation: true });
    const services = statementsOf(key?.[1].Properties?.KeyPolicy).filter(({ sid }) => sid !== undefined);
    return { id, services };
  }

  it('encrypts the topic of reports with a key that EventBridge alone may use, on no condition', () => {
    expect(topicNamed('staunch-notifications').services).toEqual([
      expect.objectContaining({
        principal: { Service: 'events.amazonaws.com' },
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        conditions: undefined,
      }),
    ]);
  });

  it("encrypts the topic of alarms with another, which CloudWatch alone may use, for Staunch's alarms of the hub", () => {
    const conditions = {
      StringEquals: { 'aws:SourceAccount': hubAccount },
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:${hubAccount}:alarm:staunch-*` },
    };
    const principal = { Service: 'cloudwatch.amazonaws.com' };
    const { id, services } = topicNamed('staunch-alarms');
    expect(services).toEqual([
      expect.objectContaining({ principal, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], conditions }),
    ]);
    const publish = resourcePolicy('AWS::SNS::TopicPolicy', /./).filter(
      ({ effect, resources }) => effect === 'Allow' && resources.join().includes(id),
    );
    expect(publish).toEqual([expect.objectContaining({ principal, actions: ['sns:Publish'], conditions })]);
  });

  it('puts no condition on EventBridge in the topic policy, because AWS would drop every event', () => {
    const { id } = topicNamed('staunch-notifications');
    const publish = resourcePolicy('AWS::SNS::TopicPolicy', /./).filter(
      ({ effect, resources }) => effect === 'Allow' && resources.join().includes(id),
    );
    expect(publish).toEqual([
      expect.objectContaining({ principal: { Service: 'events.amazonaws.com' }, conditions: undefined }),
    ]);
  });

  it('updates the notifier before the coordinator: whoever reads knows a new form before it is written', () => {
    const idOf = (name: string) =>
      resourcesOf(hub, 'AWS::Lambda::Function').find(
        ([, { Properties }]) => Properties?.FunctionName === name,
      );
    const [notifier = ''] = idOf('staunch-notifier') ?? [];
    expect(idOf('staunch-coordinator')?.[1].DependsOn).toContain(notifier);
  });

  it('lets the notifier send to the dead letters of its own queue and to the posts, and to no other queue', () => {
    const sends = roleStatements(hub, 'staunch-notifier').filter(({ actions }) =>
      actions.includes('sqs:SendMessage'),
    );
    expect(sends).toHaveLength(2);
    expect(sends[0]?.resources.join()).toContain('NotifierQueueDeadLetters');
    expect(sends[1]?.resources.join()).toMatch(/NotifierPosts(?!DeadLetters)/);
  });

  it('subscribes the notifier queue with the events as they are, and lets only the topic send to it', () => {
    expect(only('AWS::SNS::Subscription')).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    const allowed = resourcePolicy('AWS::SQS::QueuePolicy', /^NotifierQueuePolicy/).filter(
      ({ effect }) => effect === 'Allow',
    );
    const topic = topicNamed('staunch-notifications');
    expect(allowed).toEqual([
      expect.objectContaining({
        actions: ['sqs:SendMessage'],
        principal: { Service: 'sns.amazonaws.com' },
        conditions: { ArnEquals: { 'aws:SourceArn': { Ref: topic.id } } },
      }),
    ]);
  });

  it('encrypts every queue, and refuses calls without TLS to queues, topic and bucket', () => {
    for (const [, { Properties }] of resourcesOf(hub, 'AWS::SQS::Queue')) {
      expect(Properties).toMatchObject({
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 14 * 24 * 3600,
      });
    }
    const policies = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy'].flatMap(
      (type) => resourcesOf(hub, type),
    );
    expect(policies).toHaveLength(13);
    for (const [, { Properties }] of policies) {
      expect(statementsOf(Properties?.PolicyDocument)).toContainEqual(
        expect.objectContaining({ effect: 'Deny', conditions: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  it('keeps the ledger and the saved states through everything', () => {
    const tables = resourcesOf(hub, 'AWS::DynamoDB::Table').map(([, table]) => table);
    expect(tables.map(({ Properties }) => Properties?.TableName)).toEqual([
      'staunch-ledger',
      'staunch-saved-states',
    ]);
    for (const { Properties, ...attributes } of tables) {
      expect(attributes).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        KeySchema: [
          { AttributeName: 'finding', KeyType: 'HASH' },
          { AttributeName: 'record', KeyType: 'RANGE' },
        ],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
  });

  it('finds in the ledger what is due, and what is open in an account', () => {
    expect(propertiesOf(hub, 'AWS::DynamoDB::Table', 'TableName', 'staunch-ledger')).toMatchObject({
      GlobalSecondaryIndexes: [
        expect.objectContaining({
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'sweep', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
        }),
        expect.objectContaining({
          IndexName: 'open',
          KeySchema: [
            { AttributeName: 'openIn', KeyType: 'HASH' },
            { AttributeName: 'receivedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        }),
      ],
    });
  });

  it('opens the delivery bucket only to the recorders of the organization, each to its own folder', () => {
    expect(only('AWS::S3::Bucket')).toMatchObject({
      BucketEncryption: expect.anything(),
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const allowed = resourcePolicy('AWS::S3::BucketPolicy', /./).filter(({ effect }) => effect === 'Allow');
    expect(allowed.map(({ actions }) => actions)).toEqual([
      ['s3:GetBucketAcl', 's3:ListBucket'],
      ['s3:PutObject', 's3:PutObjectAcl'],
    ]);
    for (const { conditions } of allowed) {
      expect(conditions).toMatchObject({
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/staunch/staunch-config-recorder' },
      });
    }
    expect(allowed[1]?.resources[0]).toMatch(/\/AWSLogs\/\$\{aws:PrincipalAccount\}\/Config\/\*$/);
  });
});
