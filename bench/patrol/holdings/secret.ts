import type { Holding } from './holding';

/** Secrets without a policy. */
export const secrets: Holding = {
  usual: 10,
  large: 300,
  plant(aws, { accountId, region }, index) {
    const name = `secret-${index}`;
    const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`;
    aws.secretsManager.createSecret(arn, { accountId, region, name, createdAt: new Date(0) });
  },
};
