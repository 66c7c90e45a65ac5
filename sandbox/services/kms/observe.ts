import { UnsupportedError } from '../../failures';
import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { orArn, queueOfUrl } from '../../gateway/arn';
import { type Learned, nameKey } from '../../gateway/learned';
import { parseJsonBody } from '../../gateway/protocols/json';
import { parseXml, xmlText } from '../../gateway/protocols/xml';
import { queueAttributes } from '../sqs/queue-attributes';

type Parameters = Record<string, string | undefined>;
type Attributes = Record<string, string> | undefined;

/** Learns the policies of queues, topics, KMS keys and secrets, and the ARNs that their names stand for. */
export function observeResourcePolicies(call: ApiCall, answer: ApiAnswer, learned: Learned): void {
  switch (call.service) {
    case 'sqs':
      observeSqs(call, learned);
      return;
    case 'sns':
      observeSns(call, answer, learned);
      return;
    case 'kms':
      observeKms(call, answer, learned);
      return;
    case 'secretsmanager':
      observeSecretsManager(call, answer, learned);
      return;
  }
}

function observeSqs({ operation, parameters, region, accountId }: ApiCall, learned: Learned): void {
  const name = parameters.QueueName ?? queueOfUrl(parameters.QueueUrl)?.name;
  const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
  const policy = queueAttributes(parameters)?.Policy;
  if (operation === 'DeleteQueue') learned.setResourcePolicy(arn, undefined);
  if (operation === 'CreateQueue' && policy) learned.setResourcePolicy(arn, policy);
  if (operation === 'SetQueueAttributes' && policy !== undefined) learned.setResourcePolicy(arn, policy);
  if (operation === 'AddPermission') {
    throw new UnsupportedError(
      'SQS AddPermission is not followed. Set the queue’s Policy attribute instead.',
    );
  }
}

function observeSns({ operation, parameters }: ApiCall, answer: ApiAnswer, learned: Learned): void {
  const p = parameters as Parameters;
  if (operation === 'CreateTopic') {
    const arn = xmlText(parseXml(answer.body), 'CreateTopicResponse', 'CreateTopicResult', 'TopicArn');
    const policy = (parameters.Attributes as Attributes)?.Policy;
    if (arn && policy) learned.setResourcePolicy(arn, policy);
  }
  if (operation === 'SetTopicAttributes' && p.AttributeName === 'Policy' && p.TopicArn) {
    learned.setResourcePolicy(p.TopicArn, p.AttributeValue);
  }
  if (operation === 'DeleteTopic' && p.TopicArn) learned.setResourcePolicy(p.TopicArn, undefined);
  if (operation === 'AddPermission') {
    throw new UnsupportedError(
      'SNS AddPermission is not followed. Set the topic’s Policy attribute instead.',
    );
  }
}

function observeKms(
  { operation, parameters, region, accountId }: ApiCall,
  answer: ApiAnswer,
  learned: Learned,
): void {
  const p = parameters as Parameters;
  if (operation === 'CreateKey') {
    const { KeyMetadata: key } = parseJsonBody(Buffer.from(answer.body)) as {
      KeyMetadata?: { Arn?: string };
    };
    if (key?.Arn) learned.setResourcePolicy(key.Arn, p.Policy ?? defaultKeyPolicy(accountId));
  }
  if (operation === 'PutKeyPolicy' && p.KeyId) {
    learned.setResourcePolicy(orArn(p.KeyId, `arn:aws:kms:${region}:${accountId}:key/${p.KeyId}`), p.Policy);
  }
  if (operation === 'CreateAlias' && p.AliasName && p.TargetKeyId) {
    learned.namedArns.set(
      nameKey('kms', accountId, region, p.AliasName),
      orArn(p.TargetKeyId, `arn:aws:kms:${region}:${accountId}:key/${p.TargetKeyId}`),
    );
  }
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy(accountId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  });
}

function observeSecretsManager(
  { operation, parameters, region, accountId }: ApiCall,
  answer: ApiAnswer,
  learned: Learned,
): void {
  const p = parameters as Parameters;
  const { ARN: arn } = parseJsonBody(Buffer.from(answer.body)) as { ARN?: string };
  if (!arn) return;
  if (operation === 'CreateSecret' && p.Name) {
    learned.namedArns.set(nameKey('secretsmanager', accountId, region, p.Name), arn);
  }
  if (operation === 'PutResourcePolicy') learned.setResourcePolicy(arn, p.ResourcePolicy);
  if (operation === 'DeleteResourcePolicy') learned.setResourcePolicy(arn, undefined);
}
