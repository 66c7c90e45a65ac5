import type { ApiCall } from '../../gateway/api';
import { configRuleArn, orArn } from '../../gateway/arn';
import { type Learned, nameKey } from '../../gateway/learned';
import { anyResource, type ServiceNeeds, sameName } from '../needed';

/** Only starting an evaluation can be limited to a rule. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html */
export const configNeeds: ServiceNeeds = {
  ...sameName(
    'config',
    ['BatchGetResourceConfig', 'GetResourceConfigHistory', 'PutEvaluations', 'SelectResourceConfig'],
    anyResource,
  ),
  StartConfigRulesEvaluation: (call) =>
    [call.parameters.ConfigRuleNames].flat().map((name) => ({
      action: 'config:StartConfigRulesEvaluation',
      resource: configRuleArn(call, String(name)),
    })),
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secretsManagerNeeds: ServiceNeeds = sameName(
  'secretsmanager',
  ['DescribeSecret', 'GetSecretValue', 'PutSecretValue'],
  (call, learned) => namedArn(call, learned, call.parameters.SecretId, 'secret:'),
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
export const kmsNeeds: ServiceNeeds = sameName(
  'kms',
  ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  (call, learned) => {
    const { KeyId: keyId } = call.parameters;
    const isAlias = typeof keyId === 'string' && keyId.startsWith('alias/');
    return namedArn(call, learned, keyId, isAlias ? '' : 'key/');
  },
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export const snsNeeds: ServiceNeeds = sameName(
  'sns',
  ['GetTopicAttributes', 'Publish', 'Subscribe'],
  (call) => String(call.parameters.TopicArn ?? call.parameters.TargetArn),
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
export const cloudwatchNeeds: ServiceNeeds = sameName('cloudwatch', ['PutMetricData'], anyResource);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html */
export const cloudtrailNeeds: ServiceNeeds = sameName('cloudtrail', ['LookupEvents'], anyResource);

/** The ARN that a name stands for: AWS adds random characters to a secret's, and an alias points to a key. */
function namedArn(call: ApiCall, learned: Learned, name: unknown, kind: string): string {
  const { service, accountId, region } = call;
  const known = learned.namedArns.get(nameKey(service, accountId, region, String(name)));
  return known ?? orArn(name, `arn:aws:${service}:${region}:${accountId}:${kind}${name}`);
}
