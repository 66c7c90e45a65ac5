import { namedArn, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const needs: ServiceNeeds = sameName(
  'secretsmanager',
  ['DescribeSecret', 'GetSecretValue', 'PutSecretValue'],
  (call, learned) => namedArn(call, learned, call.parameters.SecretId, 'secret:'),
);
