import type { ApiCall } from '../../../../sandbox/gateway/api';
import { isRecorded, recordOf } from '../../../../sandbox/services/cloudtrail/trail-record';
import { serviceNamed } from '../../../../sandbox/services/registry';
import type { Trail } from '../../../../sandbox/services/service';

const accountId = '222222222222';
const region = 'eu-west-1';
const topic = `arn:aws:sns:${region}:${accountId}:alarms`;
const key = `arn:aws:kms:${region}:${accountId}:key/k`;
const secret = `arn:aws:secretsmanager:${region}:${accountId}:secret:db/password-AbCdEf`;
const repository = `arn:aws:ecr:${region}:${accountId}:repository/team/images`;

const callOf = (service: string, operation: string, parameters: Record<string, unknown>): ApiCall => ({
  ...{ service, operation, parameters, accountId, region },
  ...{ method: 'POST', url: '/', headers: {}, body: Buffer.alloc(0) },
  principal: { kind: 'account', accountId, arn: `arn:aws:iam::${accountId}:root` },
});

function trailOf(service: string): Trail {
  const trail = serviceNamed(service)?.trail;
  if (!trail) throw new Error(`${service} has no trail.`);
  return trail;
}

const answered = (body = '{}') => ({ answer: { status: 200, headers: {}, body } });
const record = (call: ApiCall, outcome = answered()) => recordOf(call, outcome, trailOf(call.service), 0);

it('writes a change of a topic’s policy as SNS does', () => {
  const parameters = {
    Version: '2010-03-31',
    TopicArn: topic,
    AttributeName: 'Policy',
    AttributeValue: '{}',
  };
  const call = callOf('sns', 'SetTopicAttributes', parameters);
  expect(record(call)).toMatchObject({
    eventSource: 'sns.amazonaws.com',
    eventName: 'SetTopicAttributes',
    requestParameters: { topicArn: topic, attributeName: 'Policy', attributeValue: '{}' },
    responseElements: null,
  });
  expect(record(call).requestParameters).not.toHaveProperty('version');
  expect(trailOf('sns').namesOf(call)).toEqual([topic]);
});

it('writes the ARN of a topic that is made', () => {
  const body = `<CreateTopicResponse><CreateTopicResult><TopicArn>${topic}</TopicArn></CreateTopicResult></CreateTopicResponse>`;
  const made = record(callOf('sns', 'CreateTopic', { Name: 'alarms' }), answered(body));
  expect(made).toMatchObject({
    requestParameters: { name: 'alarms' },
    responseElements: { topicArn: topic },
  });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-put-key-policy.html
it('writes a change of a key’s policy as KMS does, what the call left out included', () => {
  const call = callOf('kms', 'PutKeyPolicy', { KeyId: 'k', Policy: '{}' });
  expect(record(call)).toMatchObject({
    requestParameters: {
      keyId: 'k',
      policyName: 'default',
      policy: '{}',
      bypassPolicyLockoutSafetyCheck: false,
    },
    resources: [{ accountId, type: 'AWS::KMS::Key', ARN: key }],
  });
  expect(record(callOf('kms', 'PutKeyPolicy', { KeyId: key, Policy: '{}' })).resources).toEqual(
    record(call).resources,
  );
});

it('writes no resource of a call that names a key by an alias', () => {
  expect(record(callOf('kms', 'CreateGrant', { KeyId: 'alias/a' })).resources).toEqual([]);
});

it('writes a change of a repository’s policy as ECR does', () => {
  const policyText = '{"Statement":[]}';
  const call = callOf('ecr', 'SetRepositoryPolicy', { repositoryName: 'team/images', policyText });
  const answer = { registryId: accountId, repositoryName: 'team/images', policyText };
  expect(record(call, answered(JSON.stringify(answer)))).toMatchObject({
    requestParameters: { repositoryName: 'team/images', policyText, force: false },
    responseElements: answer,
    resources: [{ accountId, ARN: repository }],
  });
  expect(trailOf('ecr').namesOf(call)).toEqual(['team/images', repository]);
  expect(trailOf('ecr').namesOf(callOf('ecr', 'TagResource', { resourceArn: repository }))).toEqual([
    repository,
  ]);
});

it('writes a change of a secret’s policy, and no secret', () => {
  const call = callOf('secretsmanager', 'PutResourcePolicy', {
    SecretId: secret,
    ResourcePolicy: '{}',
    BlockPublicPolicy: true,
  });
  expect(record(call).requestParameters).toEqual({
    secretId: secret,
    resourcePolicy: '{}',
    blockPublicPolicy: true,
  });
  expect(trailOf('secretsmanager').namesOf(call)).toEqual([secret, 'db/password']);
  const made = callOf('secretsmanager', 'CreateSecret', {
    Name: 'db/password',
    SecretString: 'hush',
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  expect(record(made).requestParameters).toEqual({
    name: 'db/password',
    tags: [{ key: 'team', value: 'a' }],
  });
  expect(JSON.stringify(record(made))).not.toContain('hush');
});

it.each([
  ['sns', 'Publish'],
  ['sns', 'PublishBatch'],
  ['kms', 'Decrypt'],
  ['kms', 'GenerateDataKeyWithoutPlaintext'],
  ['ecr', 'BatchGetImage'],
  ['secretsmanager', 'GetSecretValue'],
])('leaves out what changes nothing: %s:%s', (service, operation) => {
  expect(isRecorded(callOf(service, operation, {}), trailOf(service))).toBe(false);
});
