import { control } from '../../../controls/secret-public-policy';
import { secretAdapter } from '../../../resources/secret/adapter';
import { policyHolder } from './policy-holder';

const region = 'eu-west-1';
const arnIn = (accountId: string) => `arn:aws:secretsmanager:${region}:${accountId}:secret:planted-AbCdEf`;

/** Secrets. */
export const secret = policyHolder({
  name: 'secret',
  control,
  adapter: secretAdapter(),
  region,
  action: 'secretsmanager:GetSecretValue',
  idIn: arnIn,
  plant: (aws, accountId, policy, tags) =>
    aws.secretsManager.createSecret(arnIn(accountId), {
      accountId,
      region,
      name: 'planted',
      createdAt: new Date('2026-01-01T00:00:00Z'),
      policy,
      tags,
    }),
  held: (aws, arn) => aws.secretsManager.secret(arn),
});
