import type {
  DeleteResourcePolicyCommandInput,
  DescribeSecretCommandInput,
  GetResourcePolicyCommandInput,
  ListSecretsCommandInput,
  PutResourcePolicyCommandInput,
} from '@aws-sdk/client-secrets-manager';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { isPublicPolicy } from '../s3/policy-status';
import { serviceError } from '../service-error';
import { isStorable } from '../stored-policy';

/** A secret as it really is. */
export interface SecretState {
  accountId: string;
  region: string;
  name: string;
  createdAt: Date;
  /** Since when it is marked for deletion. */
  deletedAt?: Date | undefined;
  policy?: string | undefined;
  tags?: Record<string, string> | undefined;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
const secretsPerPage = 100;

/**
 * Secrets in memory, as Secrets Manager answers the calls that read and change who can reach them. Codes:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 */
export class SecretsManager {
  /** By their ARN, which ends in six characters of AWS's. */
  readonly #secrets = new Placed<SecretState>();

  constructor(private readonly authorization: Authorization) {}

  /** Makes a secret, or replaces it. */
  createSecret(arn: string, state: SecretState): void {
    this.#secrets.set(arn, state);
  }

  /** Deletes a secret at once. */
  deleteSecret(arn: string): void {
    this.#secrets.delete(arn);
  }

  /** A secret as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  secret(arn: string): SecretState | undefined {
    return this.#secrets.get(arn);
  }

  /** What a client of Secrets Manager sends. */
  readonly commands: Commands = {
    ListSecrets: (input: ListSecretsCommandInput, caller: Caller) => {
      const { MaxResults = secretsPerPage, NextToken } = input;
      const { accountId } = this.authorization.check(caller, {
        service: 'Secrets Manager',
        action: 'secretsmanager:ListSecrets',
        resources: ['*'],
        accountId: caller.session?.accountId ?? '',
      });
      const living = this.#secrets
        .idsIn({ accountId, region: caller.region })
        .filter((arn) => this.secret(arn)?.deletedAt === undefined);
      const { page, next } = pageOf(living, NextToken, MaxResults);
      const SecretList = page.map((arn) => ({ ARN: arn, ...shown(this.secret(arn)) }));
      return { SecretList, ...(next && { NextToken: next }) };
    },
    DescribeSecret: ({ SecretId }: DescribeSecretCommandInput, caller: Caller) => {
      const { arn, state } = this.#reached(SecretId, caller, 'secretsmanager:DescribeSecret');
      return { ARN: arn, ...shown(state) };
    },
    GetResourcePolicy: ({ SecretId }: GetResourcePolicyCommandInput, caller: Caller) => {
      const { arn, state } = this.#living(SecretId, caller, 'secretsmanager:GetResourcePolicy');
      return { ARN: arn, Name: state.name, ...(state.policy && { ResourcePolicy: state.policy }) };
    },
    PutResourcePolicy: (input: PutResourcePolicyCommandInput, caller: Caller) => {
      const { arn, state } = this.#living(input.SecretId, caller, 'secretsmanager:PutResourcePolicy');
      const { ResourcePolicy: policy = '', BlockPublicPolicy } = input;
      if (!isStorable(policy)) {
        throw refusal(
          'MalformedPolicyDocumentException',
          'This resource policy contains an unsupported principal.',
        );
      }
      if (BlockPublicPolicy === true && isPublicPolicy(policy)) {
        throw refusal('PublicPolicyException', 'The resource policy did not prevent broad access.');
      }
      state.policy = policy;
      return { ARN: arn, Name: state.name };
    },
    DeleteResourcePolicy: ({ SecretId }: DeleteResourcePolicyCommandInput, caller: Caller) => {
      const { arn, state } = this.#living(SecretId, caller, 'secretsmanager:DeleteResourcePolicy');
      state.policy = undefined;
      return { ARN: arn, Name: state.name };
    },
  };

  /** The secret of a call, by its ARN or its name, once the call is allowed. */
  #reached(id = '', caller: Caller, action: string): { arn: string; state: SecretState } {
    const arn = id.startsWith('arn:') ? id : this.#arnOf(id, caller);
    const accountId = arn.split(':')[4] ?? '';
    this.authorization.check(caller, { service: 'Secrets Manager', action, resources: [arn], accountId });
    const state = this.secret(arn);
    if (state && state.region === caller.region) return { arn, state };
    throw refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  #living(id: string | undefined, caller: Caller, action: string): { arn: string; state: SecretState } {
    const reached = this.#reached(id, caller, action);
    if (reached.state.deletedAt === undefined) return reached;
    throw refusal(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }

  /** AWS looks a missing secret up by its bare name, too. */
  #arnOf(name: string, { session, region }: Caller): string {
    const accountId = session?.accountId ?? '';
    const known = this.#secrets.idsIn({ accountId, region }).find((arn) => this.secret(arn)?.name === name);
    return known ?? `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;
  }
}

function shown(state: SecretState | undefined): object {
  if (!state) return {};
  const { name: Name, createdAt: CreatedDate, deletedAt: DeletedDate, tags = {} } = state;
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return { Name, CreatedDate, Tags, ...(DeletedDate && { DeletedDate }) };
}

function refusal(code: string, message: string): Error {
  return serviceError('Secrets Manager', code, message);
}
