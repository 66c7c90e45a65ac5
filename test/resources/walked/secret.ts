import { named, type WalkedType } from './walked-type';

/** Secrets. */
export const secrets: WalkedType = {
  type: 'AWS::SecretsManager::Secret',
  inPage: 100,
  list: 'ListSecrets',
  read: { command: 'GetResourcePolicy', names: (input) => 'SecretId' in input && input.SecretId },
  throttled: 'ThrottlingException',
  plant(aws, of, number) {
    const name = `secret-${named(number)}`;
    const arn = `arn:aws:secretsmanager:${of.region}:${of.accountId}:secret:${name}-AbCdEf`;
    aws.secretsManager.createSecret(arn, { ...of, name, createdAt: new Date(0) });
    return arn;
  },
  remove: (aws, id) => aws.secretsManager.deleteSecret(id),
};
