import type { ApiCall } from '../../../sandbox/gateway/api';
import { neededAccess } from '../../../sandbox/gateway/authorize-call';
import { Learned, nameKey } from '../../../sandbox/gateway/learned';
import { configRuleArn } from '../../../sandbox/services/config/rule-arn';
import { OrganizationFacts } from '../../../sandbox/services/organizations/organization-facts';
import { Secrets } from '../../../sandbox/services/secrets-manager/secrets';

const account = '111111111111';
const call = (service: string, operation: string, parameters: Record<string, unknown>): ApiCall => ({
  service,
  operation,
  parameters,
  region: 'eu-west-1',
  principal: { kind: 'account', accountId: account, arn: `arn:aws:iam::${account}:root` },
  accountId: account,
  method: 'POST',
  url: '/',
  headers: {},
  body: Buffer.alloc(0),
});
const learned = new Learned();
const organization = learned.of(OrganizationFacts);
organization.id = 'o-1';
organization.managementAccountId = '999999999999';

const needs = (service: string, operation: string, parameters: Record<string, unknown>) =>
  neededAccess(call(service, operation, parameters), learned)?.map(
    ({ action, resource }) => `${action} ${resource}`,
  );

const table = `arn:aws:dynamodb:eu-west-1:${account}:table/ledger`;
const group = `arn:aws:ec2:eu-west-1:${account}:security-group/sg-1`;
const topic = `arn:aws:sns:eu-west-1:${account}:alarms`;
const repository = `arn:aws:ecr:eu-west-1:${account}:repository/`;
const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:named-AbCdEf`;
const hub = `arn:aws:securityhub:eu-west-1:${account}`;
const key = `arn:aws:kms:eu-west-1:${account}:key/k`;
learned.namedArns.set(nameKey('kms', account, 'eu-west-1', 'alias/known'), key);
learned.namedArns.set(nameKey('secretsmanager', account, 'eu-west-1', 'named'), secret);
learned.of(Secrets).keys.set(secret, key);
const queueUrl = `https://sqs.eu-west-1.amazonaws.com/${account}/findings`;

describe('neededAccess', () => {
  const cases: [string, string, Record<string, unknown>, string[]][] = [
    [
      'sqs',
      'SendMessageBatch',
      { QueueUrl: queueUrl },
      [`sqs:SendMessage arn:aws:sqs:eu-west-1:${account}:findings`],
    ],
    ['dynamodb', 'GetItem', { TableName: 'ledger' }, [`dynamodb:GetItem ${table}`]],
    ['dynamodb', 'Query', { TableName: 'ledger', IndexName: 'due' }, [`dynamodb:Query ${table}/index/due`]],
    ['dynamodb', 'Query', { TableName: table }, [`dynamodb:Query ${table}`]],
    ['dynamodb', 'UpdateItem', { TableName: 'ledger' }, [`dynamodb:UpdateItem ${table}`]],
    ['dynamodb', 'DeleteItem', { TableName: 'ledger' }, [`dynamodb:DeleteItem ${table}`]],
    ['dynamodb', 'Scan', { TableName: 'ledger' }, [`dynamodb:Scan ${table}`]],
    [
      'dynamodb',
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'ledger' } }, { ConditionCheck: { TableName: 'ledger' } }] },
      [`dynamodb:PutItem ${table}`, `dynamodb:ConditionCheckItem ${table}`],
    ],
    [
      'dynamodb',
      'ExecuteStatement',
      { Statement: `select a, b\nfrom "ledger"."due" where sweep = 'due'` },
      [`dynamodb:PartiQLSelect ${table}/index/due`],
    ],
    [
      'dynamodb',
      'BatchExecuteStatement',
      {
        Statements: [
          { Statement: 'INSERT INTO ledger VALUE {}' },
          { Statement: 'UPDATE "ledger" SET a = 1' },
        ],
      },
      [`dynamodb:PartiQLInsert ${table}`, `dynamodb:PartiQLUpdate ${table}`],
    ],
    [
      'dynamodb',
      'ExecuteTransaction',
      { TransactStatements: [{ Statement: 'DELETE FROM ledger WHERE a = 1' }] },
      [`dynamodb:PartiQLDelete ${table}`],
    ],
    [
      'config',
      'StartConfigRulesEvaluation',
      { ConfigRuleNames: ['staunch-one'] },
      [
        `config:StartConfigRulesEvaluation ${configRuleArn({ accountId: account, region: 'eu-west-1' }, 'staunch-one')}`,
      ],
    ],
    [
      'lambda',
      'Invoke',
      { FunctionName: 'f', Qualifier: '2' },
      [`lambda:InvokeFunction arn:aws:lambda:eu-west-1:${account}:function:f:2`],
    ],
    [
      'organizations',
      'ListParents',
      { ChildId: account },
      [`organizations:ListParents arn:aws:organizations::999999999999:account/o-1/${account}`],
    ],
    [
      'organizations',
      'ListParents',
      { ChildId: 'ou-1' },
      ['organizations:ListParents arn:aws:organizations::999999999999:ou/o-1/ou-1'],
    ],
    ['organizations', 'ListAccounts', {}, ['organizations:ListAccounts *']],
    ['organizations', 'ListRoots', {}, ['organizations:ListRoots *']],
    [
      'organizations',
      'DescribeOrganizationalUnit',
      { OrganizationalUnitId: 'ou-1' },
      ['organizations:DescribeOrganizationalUnit arn:aws:organizations::999999999999:ou/o-1/ou-1'],
    ],
    [
      'organizations',
      'ListOrganizationalUnitsForParent',
      { ParentId: 'r-1' },
      ['organizations:ListOrganizationalUnitsForParent arn:aws:organizations::999999999999:root/o-1/r-1'],
    ],
    ['ec2', 'DescribeSecurityGroups', {}, ['ec2:DescribeSecurityGroups *']],
    [
      'ec2',
      'GetManagedPrefixListEntries',
      { PrefixListId: 'pl-1' },
      [`ec2:GetManagedPrefixListEntries arn:aws:ec2:eu-west-1:${account}:prefix-list/pl-1`],
    ],
    ['ec2', 'RevokeSecurityGroupIngress', { GroupId: 'sg-1' }, [`ec2:RevokeSecurityGroupIngress ${group}`]],
    [
      'ec2',
      'AuthorizeSecurityGroupIngress',
      {
        GroupId: 'sg-1',
        TagSpecification: [{ ResourceType: 'security-group-rule', Tag: [{ Key: 'a', Value: 'b' }] }],
      },
      [
        `ec2:AuthorizeSecurityGroupIngress ${group}`,
        `ec2:CreateTags arn:aws:ec2:eu-west-1:${account}:security-group-rule/*`,
      ],
    ],
    ['s3', 'GetPublicAccessBlock', { Bucket: 'b' }, ['s3:GetBucketPublicAccessBlock arn:aws:s3:::b']],
    ['s3', 'DeletePublicAccessBlock', { Bucket: 'b' }, ['s3:PutBucketPublicAccessBlock arn:aws:s3:::b']],
    ['s3', 'HeadBucket', { Bucket: 'b' }, ['s3:ListBucket arn:aws:s3:::b']],
    ['s3', 'HeadObject', { Bucket: 'b', Key: 'k/l' }, ['s3:GetObject arn:aws:s3:::b/k/l']],
    ['s3', 'GetBucketTagging', { Bucket: 'b' }, ['s3:GetBucketTagging arn:aws:s3:::b']],
    ['s3', 'PutBucketTagging', { Bucket: 'b' }, ['s3:PutBucketTagging arn:aws:s3:::b']],
    ['s3', 'DeleteBucketTagging', { Bucket: 'b' }, ['s3:PutBucketTagging arn:aws:s3:::b']],
    ['ec2', 'CreateTags', { ResourceId: ['sg-1'] }, [`ec2:CreateTags ${group}`]],
    ['cloudtrail', 'LookupEvents', {}, ['cloudtrail:LookupEvents *']],
    ['s3-control', 'GetPublicAccessBlock', {}, ['s3:GetAccountPublicAccessBlock *']],
    ['config', 'PutEvaluations', {}, ['config:PutEvaluations *']],
    ['kms', 'Decrypt', { KeyId: 'k' }, [`kms:Decrypt arn:aws:kms:eu-west-1:${account}:key/k`]],
    ['kms', 'PutKeyPolicy', { KeyId: 'alias/known' }, [`kms:PutKeyPolicy ${key}`]],
    ['kms', 'ListKeys', {}, ['kms:ListKeys *']],
    ['sns', 'SetTopicAttributes', { TopicArn: topic }, [`sns:SetTopicAttributes ${topic}`]],
    ['sns', 'PublishBatch', { TopicArn: topic }, [`sns:Publish ${topic}`]],
    ['sns', 'ListTagsForResource', { ResourceArn: topic }, [`sns:ListTagsForResource ${topic}`]],
    ['ecr', 'SetRepositoryPolicy', { repositoryName: 'a/b' }, [`ecr:SetRepositoryPolicy ${repository}a/b`]],
    [
      'ecr',
      'DescribeRepositories',
      { repositoryNames: ['a', 'b'] },
      [`ecr:DescribeRepositories ${repository}a`, `ecr:DescribeRepositories ${repository}b`],
    ],
    ['ecr', 'DescribeRepositories', {}, [`ecr:DescribeRepositories ${repository}*`]],
    ['ecr', 'GetAuthorizationToken', {}, ['ecr:GetAuthorizationToken *']],
    [
      'secretsmanager',
      'PutResourcePolicy',
      { SecretId: 'named' },
      [`secretsmanager:PutResourcePolicy ${secret}`],
    ],
    [
      'secretsmanager',
      'GetSecretValue',
      { SecretId: secret },
      [`secretsmanager:GetSecretValue ${secret}`, `kms:Decrypt ${key}`],
    ],
    ['secretsmanager', 'ListSecrets', {}, ['secretsmanager:ListSecrets *']],
    [
      'securityhub',
      'BatchImportFindings',
      { Findings: [{ ProductArn: `${hub}:product/a/b` }, { ProductArn: `${hub}:product/c/d` }] },
      [
        `securityhub:BatchImportFindings ${hub}:product/a/b`,
        `securityhub:BatchImportFindings ${hub}:product/c/d`,
      ],
    ],
    ['securityhub', 'BatchImportFindings', {}, [`securityhub:BatchImportFindings ${hub}:product/*`]],
    ['securityhub', 'GetFindings', {}, [`securityhub:GetFindings ${hub}:hub/default`]],
  ];
  it.each(cases)('%s:%s %j', (service, operation, parameters, expected) => {
    expect(needs(service, operation, parameters)).toEqual(expected);
  });

  it('gives the tags and the creating call of new rules as condition keys', () => {
    const TagSpecification = [{ Tag: [{ Key: 'Team', Value: 'b' }] }];
    const [, onRules] =
      neededAccess(
        call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: 'sg-1', TagSpecification }),
        learned,
      ) ?? [];
    expect(onRules?.context).toEqual({
      'ec2:createaction': 'AuthorizeSecurityGroupIngress',
      'aws:tagkeys': ['Team'],
      'aws:requesttag/team': 'b',
    });
  });

  it.each([
    [
      'kms',
      'Encrypt',
      { KeyId: 'k', EncryptionContext: { App: 'a' } },
      { 'kms:encryptioncontextkeys': ['App'], 'kms:encryptioncontext:app': 'a' },
    ],
    ['kms', 'PutKeyPolicy', { KeyId: 'k' }, { 'kms:bypasspolicylockoutsafetycheck': 'false' }],
    [
      'sns',
      'Subscribe',
      { TopicArn: topic, Endpoint: 'e', Protocol: 'p' },
      { 'sns:endpoint': 'e', 'sns:protocol': 'p' },
    ],
    [
      'secretsmanager',
      'PutResourcePolicy',
      { SecretId: secret, BlockPublicPolicy: true },
      { 'secretsmanager:secretid': secret, 'secretsmanager:blockpublicpolicy': 'true' },
    ],
  ])('gives the service’s own condition keys: %s:%s', (service, operation, parameters, expected) => {
    expect(neededAccess(call(service, operation, parameters), learned)?.[0]?.context).toEqual(expected);
  });

  it('knows nothing of an operation that no table names', () => {
    expect(neededAccess(call('iam', 'CreateUser', {}), learned)).toBeUndefined();
    expect(neededAccess(call('sqs', 'toString', {}), learned)).toBeUndefined();
  });
});
